package dev.ferritedb.distribution.configuration;

import dev.ferritedb.ports.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The keys below one prefix, read by kind.
final class Section implements Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)?");

    private final Sources sources;
    private final String prefix;

    /// @param prefix with its last dot, as in `server.`
    Section(Sources sources, String prefix) {
        this.sources = sources;
        this.prefix = prefix;
    }

    @Override
    public Optional<String> text(String key) {
        return shown(key, "text", Section::asText, Function.identity());
    }

    @Override
    public String required(String key) {
        return text(key).orElseThrow(() -> new InvalidSetting(prefix + key + " is required"));
    }

    @Override
    public Optional<String> secret(String key) {
        return shown(key, "text", Section::asText, _ -> "…");
    }

    @Override
    public long whole(String key, long otherwise) {
        return shown(key, "a whole number", Section::asWhole, String::valueOf)
                .orElseGet(() -> fallback(key, otherwise));
    }

    @Override
    public boolean truth(String key, boolean otherwise) {
        return shown(key, "true or false", Section::asTruth, String::valueOf).orElseGet(() -> fallback(key, otherwise));
    }

    @Override
    public Duration duration(String key, Duration otherwise) {
        return shown(
                        key,
                        "seconds, or text like \"500ms\", \"30s\", \"5m\", \"2h\", \"7d\"",
                        Section::asDuration,
                        Section::print)
                .orElseGet(() -> {
                    sources.show(new Entry(prefix + key, print(otherwise), "default"));
                    return otherwise;
                });
    }

    @Override
    public List<String> list(String key) {
        return shown(key, "a list of text", Section::asList, List::toString).orElseGet(() -> fallback(key, List.of()));
    }

    <T> T fallback(String key, T otherwise) {
        sources.show(new Entry(prefix + key, String.valueOf(otherwise), "default"));
        return otherwise;
    }

    private <T> Optional<T> shown(
            String key, String kind, Function<Given.Form, Optional<T>> as, Function<T, String> print) {
        Optional<Given> given = sources.find(prefix + key);
        if (given.isEmpty()) return Optional.empty();
        T value = as.apply(given.get().form())
                .orElseThrow(() -> new InvalidSetting(given.get().origin() + ": " + prefix + key + " must be " + kind));
        sources.show(new Entry(prefix + key, print.apply(value), given.get().origin()));
        return Optional.of(value);
    }

    private static Optional<String> asText(Given.Form form) {
        return switch (form) {
            case Given.Text(String text) -> Optional.of(text);
            case Given.Untyped(String text) -> Optional.of(text);
            case Given.Whole _, Given.Truth _, Given.Many _, Given.Odd _ -> Optional.empty();
        };
    }

    private static Optional<Long> asWhole(Given.Form form) {
        return switch (form) {
            case Given.Whole(String digits) -> parsed(digits);
            case Given.Untyped(String text) -> parsed(text.strip());
            case Given.Text _, Given.Truth _, Given.Many _, Given.Odd _ -> Optional.empty();
        };
    }

    private static Optional<Long> parsed(String digits) {
        try {
            return Optional.of(Long.valueOf(digits));
        } catch (NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> asTruth(Given.Form form) {
        return switch (form) {
            case Given.Truth(boolean value) -> Optional.of(value);
            case Given.Untyped(String text) ->
                switch (text.strip()) {
                    case "true", "1" -> Optional.of(true);
                    case "false", "0" -> Optional.of(false);
                    default -> Optional.empty();
                };
            case Given.Text _, Given.Whole _, Given.Many _, Given.Odd _ -> Optional.empty();
        };
    }

    private static Optional<List<String>> asList(Given.Form form) {
        return switch (form) {
            case Given.Many(List<String> items) -> Optional.of(items);
            case Given.Untyped(String text) ->
                Optional.of(Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList());
            case Given.Text _, Given.Whole _, Given.Truth _, Given.Odd _ -> Optional.empty();
        };
    }

    private static Optional<Duration> asDuration(Given.Form form) {
        return switch (form) {
            case Given.Whole(String digits) -> duration(digits);
            case Given.Text(String text) -> duration(text);
            case Given.Untyped(String text) -> duration(text.strip());
            case Given.Truth _, Given.Many _, Given.Odd _ -> Optional.empty();
        };
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return Optional.of(
                switch (unit) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofSeconds(amount);
                });
    }

    private static String print(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
