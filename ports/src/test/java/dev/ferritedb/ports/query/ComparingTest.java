package dev.ferritedb.ports.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.query.Condition.Operator;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Member;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparingTest {
    private static final Operand TEXT = member(Field.of("t", FieldType.Text.PLAIN));
    private static final Operand NUMBER = member(Field.of("n", FieldType.Number.PLAIN));
    private static final Operand JSON = member(Field.of("j", new FieldType.Json(0)));
    private static final Operand VALUE = new Literal(Value.NOTHING);

    private static Operand member(Field field) {
        return new Member(FieldPath.own(field), Modifier.NONE);
    }

    private static boolean equal(Operand left, Scalar leftValue, Operand right, Scalar rightValue) {
        boolean equal = Comparing.holds(left, leftValue, Operator.EQUAL, right, rightValue);
        assertThat(Comparing.holds(left, leftValue, Operator.NOT_EQUAL, right, rightValue))
                .isEqualTo(!equal);
        assertThat(Comparing.holds(right, rightValue, Operator.EQUAL, left, leftValue))
                .isEqualTo(equal);
        return equal;
    }

    private static Scalar text(String text) {
        return Scalar.text(text);
    }

    private static Scalar number(double number) {
        return Scalar.number(number);
    }

    @Test
    void nothingAndTheEmptyTextAreOne() {
        assertThat(equal(TEXT, text(""), VALUE, Scalar.MISSING)).isTrue();
        assertThat(equal(TEXT, Scalar.MISSING, VALUE, text(""))).isTrue();
        assertThat(equal(VALUE, text(""), VALUE, Scalar.MISSING)).isTrue();
        assertThat(equal(TEXT, Scalar.MISSING, TEXT, text(""))).isTrue();
        assertThat(equal(NUMBER, number(0), VALUE, text(""))).isFalse();
        assertThat(equal(TEXT, Scalar.MISSING, VALUE, text("a"))).isFalse();
    }

    @Test
    void withinJsonTheyAreTwo() {
        assertThat(equal(JSON, Scalar.MISSING, VALUE, Scalar.MISSING)).isTrue();
        assertThat(equal(JSON, Scalar.MISSING, VALUE, text(""))).isFalse();
        assertThat(equal(JSON, text(""), VALUE, text(""))).isTrue();
    }

    @Test
    void aFieldDecidesHowTheOtherSideIsRead() {
        assertThat(equal(NUMBER, number(5), VALUE, text(" 5.0 "))).isTrue();
        assertThat(equal(TEXT, text("5"), VALUE, number(5))).isTrue();
        assertThat(equal(TEXT, text("5.0"), VALUE, number(5))).isFalse();
        assertThat(equal(JSON, number(5), VALUE, text("5"))).isFalse();
        assertThat(equal(JSON, text("5"), NUMBER, number(5))).isTrue();
        assertThat(equal(JSON, number(5), TEXT, text("5"))).isTrue();
        assertThat(equal(TEXT, text("5"), NUMBER, number(5))).as("two fields").isFalse();
        assertThat(equal(VALUE, text("5"), VALUE, number(5))).as("two values").isFalse();
    }

    @Test
    void numbersComeBeforeTextAndNothingHasNoOrder() {
        assertThat(Comparing.holds(JSON, number(9), Operator.LESS, VALUE, text("1")))
                .isTrue();
        assertThat(Comparing.holds(JSON, text("1"), Operator.GREATER, VALUE, number(9)))
                .isTrue();
        for (Operator operator : List.of(
                Operator.LESS,
                Operator.LESS_OR_EQUAL,
                Operator.GREATER,
                Operator.GREATER_OR_EQUAL,
                Operator.LIKE,
                Operator.NOT_LIKE)) {
            assertThat(Comparing.holds(TEXT, Scalar.MISSING, operator, VALUE, text("a")))
                    .isFalse();
        }
    }

    @Test
    void textComparesByCodePoint() {
        assertThat(Comparing.holds(TEXT, text("\uFF05"), Operator.LESS, VALUE, text("😀")))
                .isTrue();
        assertThat(Comparing.holds(TEXT, text("a"), Operator.LESS, VALUE, text("ab")))
                .isTrue();
    }

    @Test
    void wholeNumbersAreExact() {
        Scalar exact = Scalar.of(new Value.Exact(new BigDecimal("9007199254740993")));
        assertThat(equal(JSON, exact, VALUE, number(9007199254740992.0))).isFalse();
        assertThat(Comparing.holds(JSON, exact, Operator.GREATER, VALUE, number(9007199254740992.0)))
                .isTrue();
        Scalar huge = Scalar.of(new Value.Exact(new BigDecimal("9223372036854775808")));
        assertThat(huge).isEqualTo(new Scalar.Real(9223372036854775808.0));
        assertThat(Comparing.holds(JSON, huge, Operator.GREATER, VALUE, new Scalar.Whole(Long.MAX_VALUE)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1, 1",
                "-7, -7",
                "+5, 5",
                "` 5 `, 5",
                "01, 1",
                ".5, 0.5",
                "5., 5",
                "1e3, 1000",
                "1E-2, 0.01",
                "9007199254740993, 9007199254740993",
                "9223372036854775808, 9.22337203685478e+18",
                "0.30000000000000004, 0.3",
                "1e400, Inf",
                "-1e400, -Inf",
                "1e15, 1000000000000000",
                "1.5e20, 1.5e+20",
                "0.00001, 1.0e-05",
            })
    void aTextSpellsANumber(String text, String shown) {
        assertThat(text(text).asNumber().asText()).isEqualTo(text(shown));
        assertThat(text(text).asNumber()).isNotInstanceOf(Scalar.Text.class);
    }

    @ParameterizedTest
    @CsvSource({"''", "a", "1a", "1e", "1e+", ".", "-", "0x10", "1_000", "NaN", "Infinity", "1 2", "5d"})
    void otherTextStaysText(String text) {
        assertThat(text(text).asNumber()).isEqualTo(text(text));
    }
}
