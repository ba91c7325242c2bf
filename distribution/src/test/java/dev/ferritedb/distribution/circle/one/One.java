package dev.ferritedb.distribution.circle.one;

import dev.ferritedb.distribution.circle.two.Two;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
public record One(Two two) {}
