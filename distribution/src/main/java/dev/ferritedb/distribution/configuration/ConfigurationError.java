package dev.ferritedb.distribution.configuration;

import java.util.List;

/// The configuration is wrong. Holds all that is wrong with it, each a line that names its key and place.
public final class ConfigurationError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public ConfigurationError(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
