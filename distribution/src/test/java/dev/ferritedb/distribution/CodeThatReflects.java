package dev.ferritedb.distribution;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
final class CodeThatReflects {
    private CodeThatReflects() {}

    static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }
}
