package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormsTest {
    @Test
    void takesAsANumberOnlyWhatSpellsOneInFull() {
        for (String number : List.of("0", "1", "-1", "1.5", "-0.001", "100000", "123456789012")) {
            assertThat(Forms.inferred(number)).isEqualTo(Value.number(Double.parseDouble(number)));
        }
        for (String text : List.of(
                "",
                "0001",
                "1.0",
                "1e5",
                "+1",
                ".5",
                "5.",
                "-",
                "--1",
                "1.50",
                "NaN",
                "Infinity",
                "0x10",
                " 1",
                "1d",
                "-0")) {
            assertThat(Forms.inferred(text)).as(text).isEqualTo(Value.text(text));
        }
    }

    @Test
    void makesAListOfARepeatedName() {
        assertThat(Forms.urlEncoded("a=1&b=true&a=x&c").members())
                .containsEntry("a", new Value.Items(List.of(Value.number(1), Value.text("x"))))
                .containsEntry("b", Value.Truth.TRUE)
                .containsEntry("c", Value.Text.EMPTY);
    }

    @Test
    void laysLaterJsonOverEarlier() {
        assertThat(Forms.urlEncoded("a=1&b=2&@jsonPayload={\"a\":\"1\",\"c\":[]}&@jsonPayload={\"c\":null}")
                        .members())
                .containsEntry("a", Value.text("1"))
                .containsEntry("b", Value.number(2))
                .containsEntry("c", Value.NOTHING)
                .doesNotContainKey("@jsonPayload");
    }
}
