package dev.ferritedb.distribution.circle.two;

import dev.ferritedb.distribution.circle.one.One;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
public record Two(One one) {}
