package dev.ferritedb.mail;

import dev.ferritedb.kernel.Kernel;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record MailThatSeesTheKernel(Kernel other) {}
