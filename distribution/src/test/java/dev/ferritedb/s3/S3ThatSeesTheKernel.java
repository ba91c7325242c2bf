package dev.ferritedb.s3;

import dev.ferritedb.kernel.Kernel;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record S3ThatSeesTheKernel(Kernel other) {}
