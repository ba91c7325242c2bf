package dev.ferritedb.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z0-9]{15}",
                "abc",
                "a|b|c",
                "(ab|cd){2,4}x?",
                "[^a-z]{3}",
                "\\d{2}-\\w{3}",
                "\\D\\W\\S",
                ".{5}",
                "a*b+c?",
                "[a\\-z]{4}",
                "(?:x|y){3}",
                "^INV-[0-9]{6}$",
                "a{2,}",
                "[\\d_-]{3}",
                "\\.\\*",
                "x{0}y",
                "\\s"
            })
    void aGeneratedValueMatchesItsPattern(String expression) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        AutogeneratePattern pattern = AutogeneratePattern.of(expression);
        for (int i = 0; i < 200; i++) {
            String value = pattern.generate(random);
            assertThat(Pattern.compile(expression).matcher(value).matches())
                    .as("%s made %s, seed %d", expression, value, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a",
                "a)",
                "[a",
                "a{2",
                "a{x}",
                "a{3,1}",
                "a{1,2,3}",
                "*a",
                "+",
                "?",
                "{2}",
                "[z-a]",
                "\\q",
                "a\\",
                "a{1001}",
                "[^\\d\\D]",
                "a{99999}",
                "((a{1000}){1000}){1000}",
                "((((){1000}){1000}){1000}){1000}",
                "((a|b{1000}){1000}){2}"
            })
    void anExpressionThatCannotBeReadBackwardsIsRefused(String expression) {
        assertThatThrownBy(() -> AutogeneratePattern.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void groupsThatNestTooDeepAreRefused() {
        String deep = "(".repeat(20) + "a" + ")".repeat(20);

        assertThatThrownBy(() -> AutogeneratePattern.of(deep)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anExplodingMatchIsNoMatch() {
        assertThat(BoundedPattern.of("^(a+)+$").isFoundIn("a".repeat(100) + "!"))
                .isFalse();
        assertThat(BoundedPattern.of("(x|y)*z").isFoundIn("x".repeat(100_000))).isFalse();
        assertThat(BoundedPattern.of("^(a+)+$").isFoundIn("aaaa")).isTrue();
        assertThat(BoundedPattern.of("b").isFoundIn("abc")).isTrue();
        assertThat(BoundedPattern.of("^b").isFoundIn("abc")).isFalse();
    }

    @Test
    void aLongTextIsReadToItsEnd() {
        String text = "a".repeat(3_000_000);

        assertThat(BoundedPattern.of("^[a-z]+$").isFoundIn(text)).isTrue();
        assertThat(BoundedPattern.of("^[a-z]+$").isFoundIn(text + "!")).isFalse();
        assertThat(BoundedPattern.of("[a-z]+!").isFoundIn(text + "!?")).isTrue();
        assertThat(BoundedPattern.of("[a-z]+[0-9]").isFoundIn(text)).isFalse();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-31                     | 2026-01-31 00:00:00.000Z",
                "2026-01-31 12:34               | 2026-01-31 12:34:00.000Z",
                "2026-01-31 12:34:56            | 2026-01-31 12:34:56.000Z",
                "2026-01-31 12:34:56.7Z         | 2026-01-31 12:34:56.700Z",
                "2026-01-31T12:34:56.789123Z    | 2026-01-31 12:34:56.789Z",
                "2026-01-31t12:34:56z           | 2026-01-31 12:34:56.000Z",
                "2026-01-31T00:30:00+01:00      | 2026-01-30 23:30:00.000Z",
                "2026-01-31 12:34:56 +02:00     | 2026-01-31 10:34:56.000Z",
                "2028-02-29 12:00:00.000Z       | 2028-02-29 12:00:00.000Z",
                "9999-12-31T23:59:59Z           | 9999-12-31 23:59:59.000Z",
                "0001-01-01                     | 0001-01-01 00:00:00.000Z"
            })
    void aDateIsReadInItsCommonSpellings(String text, String date) {
        assertThat(DateReading.read(text)).contains(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026",
                "2026-13-01",
                "2026-02-30",
                "2026-02-30 12:00",
                "2026-02-29 12:00:00.000Z",
                "2026-04-31T10:00:00Z",
                "2026-01-31 24:00",
                "2026-01-31 25:00",
                "2026-01-31T23:59:60Z",
                "9999-12-31T23:59:59-10:00",
                "12:00",
                "2026-01-31T12:34:56+99:00",
                "+12026-01-01",
                "31.01.2026"
            })
    void anythingElseIsNoDate(String text) {
        assertThat(DateReading.read(text)).isEmpty();
    }
}
