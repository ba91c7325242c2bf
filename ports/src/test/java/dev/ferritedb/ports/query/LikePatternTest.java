package dev.ferritedb.ports.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "hello, Hello, true",
                "HELLO, say hello twice, true",
                "ä, Ä, false",
                "a%c, abbbc, true",
                "a%c, abbb, false",
                "a_c%, abc, true",
                "a_c%, a😀c, true",
                "a_c, abc, false",
                "a_c, xa_cx, true",
                "50\\%, 50% off, true",
                "50\\%, 500, false",
                "50\\%%, 50% off, true",
                "50\\%%, 500, false",
                "\\, a\\b, true",
                "\\\\, a\\b, true",
                "%\\, anything, false",
                "%%, ``, true",
                "``, anything, true",
                "%a%a%, aa, true",
                "%a%a%, a, false",
            })
    void aTextMatchesAPattern(String given, String text, boolean matches) {
        assertThat(LikePattern.matches(LikePattern.of(given), text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 0, 0",
        "a_c, 0, 0",
        "a_c%, 1, 1",
        "%a%, 2, 0",
        "%%_\\_\\%_, 2, 2",
        "\\%_, 0, 0",
        "\\\\%_, 1, 1",
    })
    void countsTheWildcardsOfAPattern(String given, int percentSigns, int underscores) {
        assertThat(LikePattern.wildcards(given, '%')).isEqualTo(percentSigns);
        assertThat(LikePattern.wildcards(given, '_')).isEqualTo(underscores);
    }

    @Test
    void aStoredPatternKeepsItsWildcards() {
        assertThat(LikePattern.matches(LikePattern.around("a_c"), "xabcx")).isTrue();
        assertThat(LikePattern.matches(LikePattern.around("a\\_c"), "xabcx")).isFalse();
    }

    @Test
    void bothSidesEndAtANul() {
        assertThat(LikePattern.matches("a%\0b", "abc")).isTrue();
        assertThat(LikePattern.matches("%c", "ac\0b")).isTrue();
    }

    @Test
    void lengthCountsCodePoints() {
        assertThat(LikePattern.tooLong("😀".repeat(256))).isFalse();
        assertThat(LikePattern.tooLong("😀".repeat(257))).isTrue();
        assertThat(LikePattern.tooLong("a".repeat(256) + "\0" + "b".repeat(300)))
                .isFalse();
    }

    @Test
    void manyWildcardsTakeNoMoreThanTheProductOfBothLengths() {
        String pattern = "%a".repeat(127) + "%b";
        String text = "a".repeat(20_000);
        long start = System.nanoTime();
        assertThat(LikePattern.matches(pattern, text)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
}
