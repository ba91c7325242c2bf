package dev.ferritedb.kernel;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
class KernelThatIsOpen {}
