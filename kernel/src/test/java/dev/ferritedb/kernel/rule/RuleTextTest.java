package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTextTest {
    private static final CollectionSchema USERS = Designs.of(
            "users",
            Designs.text("name"),
            Designs.relation("boss", "users_id", 1),
            Designs.relation("friends", "users_id", 5));
    private static final CollectionSchema POSTS = Designs.of(
            "posts",
            Designs.text("title"),
            Designs.bool("published"),
            Designs.json("data"),
            Designs.point("place"),
            Designs.select("tags", 5, "a"),
            Designs.relation("author", USERS),
            Designs.relation("gone", "nowhere", 1),
            Field.of("secret", FieldType.Text.PLAIN).asHidden());
    private static final CollectionCatalog CATALOG = new CollectionCatalog(1, List.of(USERS, POSTS));

    private static InvalidExpression refused(String text) {
        return catchThrowableOfType(InvalidExpression.class, () -> RuleBooks.check(text, POSTS, CATALOG));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "`` § Expected a condition, found nothing § 0",
                "// nothing § Expected a condition, found nothing § 10",
                "title = § Expected a field, a number or a text, found the end § 7",
                "title =  § Expected a field, a number or a text, found the end § 7",
                "= 'a' § Expected a field, a number or a text, found '=' § 0",
                "(title = 'a' § This parenthesis is not closed § 0",
                "title = 'a') § Expected && or ||, found ')' § 11",
                "title = 'a' (published) § Expected && or ||, found '(' § 12",
                "title = 'a' OR published § Expected && or ||, found 'OR'; write || for 'or' § 12",
                "title = 'a' &&  § Expected a field, a number or a text, found the end § 14",
                "title = 'a' & published § Expected '&&', found a single '&' § 12",
                "title = 'a' | published § Expected '||', found a single '|' § 12",
                "title is 'a' § Expected an operator after 'title', found 'is' § 6",
                "title = 1. § Expected a digit after the point § 10",
                "title = .5 § Unexpected character '.' § 8",
                "title = 1e5 § Unexpected character 'e' in a number § 9",
                "title = 5a § Unexpected character 'a' in a number § 9",
                "title. = 1 § A name can't end in '.' § 5",
                "title: = 1 § A name can't end in ':' § 5",
                "author..name = 1 § Expected a name between the points § 7",
                "title  § 'title' is no boolean: expected an operator such as = after it § 0",
                "!title § 'title' is no boolean: expected an operator such as = after it § 1",
                "!(published) § '!' stands only before a boolean field or value § 1",
                "'a' § Expected an operator: a number or text alone is no condition § 0",
                "5 && published § Expected an operator: a number or text alone is no condition § 0",
                "@now § '@now' is no boolean: expected an operator such as = after it § 0",
                "title in 'a' § Expected '[' after 'in', found the text 'a' § 9",
                "title in ['a' § Expected ',' or ']', found the end § 13",
                "title in [,] § Expected a field, a number or a text, found ',' § 10",
                "title  § 'title' is no boolean: expected an operator such as = after it § 0",
                "title = $ § Unexpected character '$' § 8",
                "title = 'a' ? 'b' § Unexpected character '?' § 12",
                "title:lower.x = 1 § A modifier stands only at the end of a name § 5",
                "title:isset = true § 'title:isset' has a modifier that fits only @request values § 0",
                "author.nam = 1 § Unknown field 'author.nam'; did you mean 'author.name'? § 0",
                "title.x = 1 § 'title.x' is nothing: 'title' is text, which has no parts § 0",
                "place.alt = 1 § 'place.alt' is nothing: a geoPoint has lat and lon § 0",
                "gone.name = 1 § 'gone.name' leads to a collection that is gone § 0",
                "data.12345678901 = 1 § 'data.12345678901' has a position beyond any list § 0",
                "@request.auth = 1 § '@request.auth' names no value: expected a name after it § 0",
                "@request = 1 § '@request' names no value: expected a part such as @request.auth.id § 0",
                "@request.method.x = 1 § '@request.method.x' has no parts § 0",
                "@request.data.x = 1 § Unknown field '@request.data.x' § 0",
                "@request.body.titel:changed § Unknown field '@request.body.titel'; did you mean"
                        + " '@request.body.title'? § 0",
                "@request.query.a:changed § '@request.query.a:changed' needs a field of @request.body before the"
                        + " modifier § 0",
                "@request.body.title:length = 1 § '@request.body.title:length' has no items: the field is text § 0",
                "@now:lower = 1 § '@now:lower' can have no modifier § 0",
                "@tomorow = 1 § Unknown field '@tomorow'; did you mean '@tomorrow'? § 0",
            })
    void saysWhatWasExpectedAndWhere(String text, String reason, int offset) {
        InvalidExpression invalid = refused(text);
        assertThat(invalid.reason()).isEqualTo(reason);
        assertThat(invalid.offset()).isEqualTo(offset);
        assertThat(invalid.asFilterProblem().code()).isEqualTo("invalid_filter");
    }

    @Test
    void namesLineAndColumnWhenThereAreSeveralLines() {
        InvalidExpression invalid = refused("title = 'a'\n  && // and\n  titel = 'b'");
        assertThat(invalid).hasMessage("Unknown field 'titel'; did you mean 'title'? (line 3, column 3)");
    }

    @Test
    void takesTwoHundredConditionsAndRefusesOneMore() {
        String most = String.join(" || ", java.util.Collections.nCopies(RuleParser.EXPRESSIONS_MAX, "published"));
        assertThatCode(() -> RuleBooks.check(most, POSTS, CATALOG)).doesNotThrowAnyException();
        assertThat(refused(most + " || published").reason()).isEqualTo("More than 200 conditions");
        String options =
                IntStream.rangeClosed(0, 200).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(refused("title in [" + options + "]").reason()).isEqualTo("More than 200 conditions");
    }

    @Test
    void takesThirtyTwoParenthesesAndRefusesOneMore() {
        String most = "(".repeat(32) + "published" + ")".repeat(32);
        assertThatCode(() -> RuleBooks.check(most, POSTS, CATALOG)).doesNotThrowAnyException();
        assertThat(refused("(" + most + ")").reason()).contains("More than 32 parentheses");
    }

    @Test
    void takesSixRelationsAndRefusesOneMore() {
        String most = "author" + ".boss".repeat(5) + ".name = 'a'";
        assertThatCode(() -> RuleBooks.check(most, POSTS, CATALOG)).doesNotThrowAnyException();
        assertThat(refused("author" + ".boss".repeat(6) + ".name = 'a'").reason())
                .contains("follows more than 6 relations");
    }

    @Test
    void takesAPatternOf256CharactersAndRefusesOneMore() {
        assertThatCode(() -> RuleBooks.check("title ~ '" + "😀".repeat(256) + "'", POSTS, CATALOG))
                .doesNotThrowAnyException();
        assertThat(refused("title ~ '" + "a".repeat(257) + "'").reason()).contains("at most 256 characters");
    }

    @ParameterizedTest
    @ValueSource(ints = {RuleBooks.RULE_MAX_LENGTH / 13, 200_000})
    void refusesWhatIsFarTooBigAtOnce(int times) {
        var texts = List.of(
                "title ~ '" + "a".repeat(times) + "'",
                "(".repeat(times) + "published" + ")".repeat(times),
                "!".repeat(times),
                "published || ".repeat(times) + "published",
                "title = " + "9".repeat(times),
                "a".repeat(times) + " = 1",
                "a.".repeat(times) + "b = 1",
                "data." + "1.".repeat(times) + "titel = 1 x",
                "f(".repeat(times),
                "title in [" + "1,".repeat(times) + "1]",
                "\n".repeat(times) + "titel = 1");
        var books = new RuleBooks();
        for (String text : texts) {
            assertThat(quickest(() -> RuleBooks.check(text, POSTS, CATALOG))).isLessThan(Duration.ofMillis(50));
            assertThat(quickest(() -> books.filter(POSTS, CATALOG, text, Audience.PUBLIC)))
                    .isLessThan(Duration.ofMillis(50));
        }
    }

    /// The machine may be busy with something else: the best of three counts.
    private static Duration quickest(ThrowingCallable refusal) {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            InvalidExpression invalid = catchThrowableOfType(InvalidExpression.class, refusal);
            var taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(invalid.getMessage()).hasSizeLessThan(200);
            if (taken.compareTo(best) < 0) best = taken;
        }
        return best;
    }

    @Test
    void countsAFilterInBytes() {
        var books = new RuleBooks();
        String longest = "title='" + "ä".repeat(1_746) + "'";
        assertThatCode(() -> books.filter(POSTS, CATALOG, longest, Audience.PUBLIC))
                .doesNotThrowAnyException();
        assertThat(catchThrowableOfType(
                        InvalidExpression.class, () -> books.filter(POSTS, CATALOG, longest + " ", Audience.PUBLIC)))
                .hasMessageStartingWith("A filter has at most 3500 bytes");
    }
}
