package dev.ferritedb.json;

import dev.ferritedb.kernel.Kernel;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record JsonThatSeesTheKernel(Kernel other) {}
