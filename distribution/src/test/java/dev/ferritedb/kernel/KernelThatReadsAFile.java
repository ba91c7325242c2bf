package dev.ferritedb.kernel;

import java.nio.file.Path;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record KernelThatReadsAFile(Path other) {}
