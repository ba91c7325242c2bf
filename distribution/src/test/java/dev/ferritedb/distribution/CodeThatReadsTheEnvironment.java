package dev.ferritedb.distribution;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class CodeThatReadsTheEnvironment {
    private CodeThatReadsTheEnvironment() {}

    static String home() {
        return System.getenv("HOME");
    }
}
