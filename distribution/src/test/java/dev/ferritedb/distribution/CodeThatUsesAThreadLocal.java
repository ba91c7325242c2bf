package dev.ferritedb.distribution;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class CodeThatUsesAThreadLocal {
    static final ThreadLocal<String> CALLER = new ThreadLocal<>();

    private CodeThatUsesAThreadLocal() {}
}
