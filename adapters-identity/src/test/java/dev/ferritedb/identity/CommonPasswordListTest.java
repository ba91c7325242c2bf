package dev.ferritedb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AUTH-09, the list itself.
class CommonPasswordListTest {
    private final CommonPasswordList list = new CommonPasswordList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678",
                "password",
                "PassWord1",
                "1234567890",
                "qwertyuiop",
                "iloveyou",
                "password123",
                "FerriteDB",
                "Passw0rd",
                "trustno1"
            })
    void knowsWhatEveryoneTriesFirst(String password) {
        assertThat(list.contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "correct horse", "Password123!", "password!!", "password\n", "123456789 ", "ferritedb1"})
    void knowsNoOther(String password) {
        assertThat(list.contains(password)).isFalse();
    }

    @Test
    void findsEachOfItsLinesAndNoneWithALetterMore() throws IOException {
        List<String> lines;
        try (var in = CommonPasswordList.class.getResourceAsStream("common-passwords.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }

        assertThat(lines).hasSizeGreaterThan(10_000).isSorted().doesNotHaveDuplicates();
        assertThat(lines).allMatch(list::contains).noneMatch(line -> list.contains(line + "\u00e9"));
        assertThat(lines.stream().filter(line -> line.length() >= 8).count()).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void looksAtNoPasswordThatIsLongerThanAllOfThem() {
        assertThat(list.contains("a".repeat(1 << 20))).isFalse();
    }
}
