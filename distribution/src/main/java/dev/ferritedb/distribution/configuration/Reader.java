package dev.ferritedb.distribution.configuration;

import dev.ferritedb.ports.plugin.Settings.InvalidSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Reads our own sections and collects what is wrong, so that all of it is reported at once.
final class Reader {
    private final Sources sources;
    private final List<String> problems = new ArrayList<>();

    Reader(Sources sources) {
        this.sources = sources;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    String text(String path, String otherwise) {
        return read(path, otherwise, section -> section.text(path));
    }

    Optional<Secret> secret(String path) {
        return attempt(() -> section().secret(path).map(Secret::new), Optional.empty());
    }

    /// Reports that the value of `path` is not what is `expected`, unless it `holds`.
    void check(String path, boolean holds, String expected) {
        if (!holds) problems.add(wrong(path, expected).getMessage());
    }

    /// Text out of `choices`; the first one stands for nothing set.
    String oneOf(String path, List<String> choices) {
        String text = text(path, choices.getFirst());
        return attempt(
                () -> {
                    if (!choices.contains(text)) throw wrong(path, "must be one of " + String.join(", ", choices));
                    return text;
                },
                choices.getFirst());
    }

    long whole(String path, long otherwise, long least, long most) {
        return attempt(
                () -> {
                    long value = section().whole(path, otherwise);
                    if (value < least || value > most) throw wrong(path, "must be from " + least + " to " + most);
                    return value;
                },
                otherwise);
    }

    boolean truth(String path, boolean otherwise) {
        return attempt(() -> section().truth(path, otherwise), otherwise);
    }

    Duration duration(String path, Duration otherwise, Duration least) {
        return attempt(
                () -> {
                    Duration value = section().duration(path, otherwise);
                    if (value.compareTo(least) < 0) throw wrong(path, "must be " + least.toMillis() + "ms or more");
                    return value;
                },
                otherwise);
    }

    List<String> list(String path) {
        return attempt(() -> section().list(path), List.of());
    }

    /// Text that `check` takes; empty text, which stands for nothing set, is always taken.
    String checked(String path, Predicate<String> check, String expected) {
        String text = text(path, "");
        return attempt(
                () -> {
                    if (!text.isEmpty() && !check.test(text)) throw wrong(path, "must be " + expected);
                    return text;
                },
                "");
    }

    /// Takes none of `paths` unless `needed` is set too.
    void demandWith(String needed, String... paths) {
        if (sources.find(needed).isPresent()) return;
        for (String path : paths) {
            sources.find(path)
                    .ifPresent(
                            given -> problems.add(given.origin() + ": " + path + " is set, but " + needed + " is not"));
        }
    }

    /// Texts that `check` takes, each.
    List<String> list(String path, Predicate<String> check, String expected) {
        List<String> texts = list(path);
        return attempt(
                () -> {
                    if (!texts.stream().allMatch(check)) throw wrong(path, "must be a list of " + expected);
                    return texts;
                },
                List.of());
    }

    /// Adds those of `paths` that are set to `set`.
    void later(List<String> set, String... paths) {
        for (String path : paths) sources.find(path).ifPresent(_ -> set.add(path));
    }

    private String read(String path, String otherwise, Function<Section, Optional<String>> as) {
        return attempt(() -> as.apply(section()).orElseGet(() -> section().fallback(path, otherwise)), otherwise);
    }

    private <T> T attempt(Supplier<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (InvalidSetting invalid) {
            problems.add(invalid.getMessage());
            return otherwise;
        }
    }

    private InvalidSetting wrong(String path, String expected) {
        String origin = sources.find(path).map(Given::origin).orElse("default");
        return new InvalidSetting(origin + ": " + path + " " + expected);
    }

    private Section section() {
        return new Section(sources, "");
    }
}
