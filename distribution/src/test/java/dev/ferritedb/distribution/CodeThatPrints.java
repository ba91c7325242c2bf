package dev.ferritedb.distribution;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class CodeThatPrints {
    private CodeThatPrints() {}

    static void greet() {
        System.out.println("hello");
    }
}
