package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestGivensTest {
    private static final CollectionSchema USERS = Designs.of(
            "users",
            Designs.text("name"),
            Designs.number("age"),
            Designs.bool("active"),
            Designs.json("data"),
            Designs.select("roles", 5, "a", "b"),
            Designs.point("place"),
            Designs.relation("boss", "users_id", 1),
            Designs.relation("friends", "users_id", 5));
    private static final CollectionCatalog CATALOG = new CollectionCatalog(1, List.of(USERS));
    private static final StoredRecord BOB = Designs.record(USERS, "bob", "name", "Bob", "boss", "cy");
    private static final StoredRecord CY = Designs.record(USERS, "cy", "name", "Cy", "boss", "bob");
    private static final StoredRecord ANN = Designs.record(
            USERS,
            "ann",
            "name",
            "Ann",
            "age",
            41,
            "active",
            true,
            "data",
            new Value.Json("{\"list\":[\"x\",{\"y\":2}],\"none\":null}"),
            "roles",
            List.of("a", "b"),
            "place",
            Designs.at(1.5, 2),
            "boss",
            "bob",
            "friends",
            List.of("bob"));
    private static final Instant MOMENT = Instant.parse("2024-02-29T23:59:59.5Z");

    private static RequestGivens.Builder request() {
        return RequestGivens.at(MOMENT, new Json())
                .related(
                        CATALOG,
                        (_, id) -> Map.of("bob", BOB, "cy", CY).containsKey(id)
                                ? Optional.of(id.equals("bob") ? BOB : CY)
                                : Optional.empty());
    }

    private static Value value(RequestGivens givens, String path, Modifier modifier) {
        return givens.valueOf(new Operand.RequestValue(List.of(path.split("\\.")), modifier));
    }

    private static Value value(RequestGivens givens, String path) {
        return value(givens, path, Modifier.NONE);
    }

    @Test
    void aGuestHasNothing() {
        RequestGivens guest = request().build();
        assertThat(value(guest, "auth.id")).isEqualTo(Value.NOTHING);
        assertThat(value(guest, "auth.collectionName")).isEqualTo(Value.NOTHING);
        assertThat(value(guest, "auth.id", Modifier.ISSET)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(guest, "body.name")).isEqualTo(Value.NOTHING);
        assertThat(value(guest, "body.name", Modifier.ISSET)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(guest, "body.name", Modifier.CHANGED)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(guest, "body.roles", Modifier.LENGTH)).isEqualTo(Value.Number.ZERO);
        assertThat(value(guest, "query.q")).isEqualTo(Value.NOTHING);
        assertThat(value(guest, "headers.h", Modifier.ISSET)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(guest, "method")).isEqualTo(Value.Text.EMPTY);
        assertThat(value(guest, "context")).isEqualTo(Value.text("default"));
    }

    @Test
    void theCallerIsARecord() {
        RequestGivens givens = request().caller(ANN).build();
        assertThat(value(givens, "auth.id")).isEqualTo(Value.text("ann"));
        assertThat(value(givens, "auth.collectionId")).isEqualTo(Value.text("users_id"));
        assertThat(value(givens, "auth.collectionName")).isEqualTo(Value.text("users"));
        assertThat(value(givens, "auth.age")).isEqualTo(Value.number(41));
        assertThat(value(givens, "auth.active")).isEqualTo(Value.number(1));
        assertThat(value(givens, "auth.name", Modifier.LOWER)).isEqualTo(Value.text("ann"));
        assertThat(value(givens, "auth.roles")).isEqualTo(Value.text("[\"a\",\"b\"]"));
        assertThat(value(givens, "auth.roles.1")).isEqualTo(Value.text("b"));
        assertThat(value(givens, "auth.data")).isEqualTo(Value.text("{\"list\":[\"x\",{\"y\":2}],\"none\":null}"));
        assertThat(value(givens, "auth.data.list.1.y")).isEqualTo(Value.number(2));
        assertThat(value(givens, "auth.data.none")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.data.list.7")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.data.list.99999999999")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.place.lon")).isEqualTo(Value.number(1.5));
        assertThat(value(givens, "auth.nothing")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.nothing.at.all")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.name", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
    }

    @Test
    void theCallersRelationsAreFollowedSixTimesAtMost() {
        RequestGivens givens = request().caller(ANN).build();
        assertThat(value(givens, "auth.boss.name")).isEqualTo(Value.text("Bob"));
        assertThat(value(givens, "auth.boss.boss.name")).isEqualTo(Value.text("Cy"));
        assertThat(value(givens, "auth.boss.id")).isEqualTo(Value.text("bob"));
        assertThat(value(givens, "auth" + ".boss".repeat(6) + ".name")).isEqualTo(Value.text("Cy"));
        assertThat(value(givens, "auth" + ".boss".repeat(7) + ".name")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "auth.friends.name")).isEqualTo(Value.NOTHING);
        RequestGivens alone = RequestGivens.at(MOMENT, new Json()).caller(ANN).build();
        assertThat(value(alone, "auth.boss.name")).isEqualTo(Value.NOTHING);
    }

    @Test
    void whatWasSentIsSeenAsItsFieldSeesIt() {
        var body = new LinkedHashMap<String, Value>();
        body.put("age", Value.text(" 7.50 "));
        body.put("name", Value.text("42"));
        body.put("roles", new Value.Items(List.of(Value.text("b"))));
        body.put("boss", Value.text("bob"));
        body.put("data", new Value.Members(Map.of("k", Value.text("v"))));
        body.put("extra", new Value.Members(Map.of("deep", new Value.Items(List.of(Value.truth(true))))));
        body.put("cleared", Value.NOTHING);
        RequestGivens givens =
                request().creating(USERS, new Value.Members(body)).build();
        assertThat(value(givens, "body.age")).isEqualTo(Value.number(7.5));
        assertThat(value(givens, "body.name")).isEqualTo(Value.text("42"));
        assertThat(value(givens, "body.roles")).isEqualTo(Value.text("[\"b\"]"));
        assertThat(value(givens, "body.roles", Modifier.LENGTH)).isEqualTo(Value.number(1));
        assertThat(value(givens, "body.boss.name")).isEqualTo(Value.text("Bob"));
        assertThat(value(givens, "body.data.k")).isEqualTo(Value.text("v"));
        assertThat(value(givens, "body.extra.deep.0")).isEqualTo(Value.number(1));
        assertThat(value(givens, "body.extra")).isEqualTo(Value.text("{\"deep\":[true]}"));
        assertThat(value(givens, "body.cleared", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
        assertThat(value(givens, "body.extra.deep", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
        assertThat(value(givens, "body.extra.other", Modifier.ISSET)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(givens, "body.name", Modifier.CHANGED)).isEqualTo(Value.Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "name; \"Ann\"; false",
                "name; \"ann\"; true",
                "name; null; true",
                "name; true; true",
                "age; 41; false",
                "age; \"41\"; false",
                "age; \"41.0\"; false",
                "age; \"forty\"; true",
                "age; 42; true",
                "age; null; true",
                "active; true; false",
                "active; false; true",
                "active; \"true\"; true",
                "roles; [\"a\",\"b\"]; false",
                "roles; [\"b\",\"a\"]; true",
                "roles; \"a\"; true",
                "roles; []; true",
                "boss; \"bob\"; false",
                "boss; [\"bob\"]; true",
                "boss; \"\"; true",
                "data; {\"list\":[\"x\",{\"y\":2}],\"none\":null}; false",
                "data; null; true",
                "data; {}; true",
                "place; {\"lon\":1.5,\"lat\":2}; false",
                "place; {\"lon\":1.5,\"lat\":3}; true",
                "nothing; 1; true",
            })
    void changedMeansSentAndNotAsStored(String field, String sent, boolean changed) {
        var body = new Value.Members(Map.of(field, Json.read(sent)));
        assertThat(value(request().updating(ANN, body).build(), "body." + field, Modifier.CHANGED))
                .isEqualTo(Value.truth(changed));
        assertThat(value(request().updating(ANN, Value.Members.EMPTY).build(), "body." + field, Modifier.CHANGED))
                .isEqualTo(Value.Truth.FALSE);
    }

    @Test
    void aFieldThatWasEmptyIsNotChangedByEmptiness() {
        var body = new Value.Members(Map.of("name", Value.NOTHING, "boss", Value.Text.EMPTY));
        RequestGivens givens =
                request().updating(StoredRecord.blank(USERS), body).build();
        assertThat(value(givens, "body.name", Modifier.CHANGED)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(givens, "body.boss", Modifier.CHANGED)).isEqualTo(Value.Truth.FALSE);
    }

    @Test
    void queryAndHeadersHoldTexts() {
        RequestGivens givens = request()
                .request("GET", "realtime", Map.of("q", "x"), Map.of("x_token", ""))
                .build();
        assertThat(value(givens, "query.q")).isEqualTo(Value.text("x"));
        assertThat(value(givens, "query.q.more")).isEqualTo(Value.NOTHING);
        assertThat(value(givens, "query.q", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
        assertThat(value(givens, "query.q.more", Modifier.ISSET)).isEqualTo(Value.Truth.FALSE);
        assertThat(value(givens, "headers.x_token")).isEqualTo(Value.Text.EMPTY);
        assertThat(value(givens, "headers.x_token", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
        assertThat(value(givens, "context")).isEqualTo(Value.text("realtime"));
        assertThat(value(givens, "method", Modifier.LOWER)).isEqualTo(Value.text("get"));
        assertThat(value(givens, "method", Modifier.ISSET)).isEqualTo(Value.Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource({
        "NOW, 2024-02-29 23:59:59.500Z",
        "YESTERDAY, 2024-02-28 23:59:59.500Z",
        "TOMORROW, 2024-03-01 23:59:59.500Z",
        "TODAY_START, 2024-02-29 00:00:00.000Z",
        "TODAY_END, 2024-02-29 23:59:59.999Z",
        "MONTH_START, 2024-02-01 00:00:00.000Z",
        "MONTH_END, 2024-02-29 23:59:59.999Z",
        "YEAR_START, 2024-01-01 00:00:00.000Z",
        "YEAR_END, 2024-12-31 23:59:59.999Z",
    })
    void momentsAreDateTexts(DateMacro macro, String expected) {
        assertThat(request().build().valueOf(new Operand.Moment(macro))).isEqualTo(Value.text(expected));
    }

    @ParameterizedTest
    @CsvSource({"SECOND, 59", "MINUTE, 59", "HOUR, 23", "DAY, 29", "MONTH, 2", "WEEKDAY, 4", "YEAR, 2024"})
    void partsOfAMomentAreNumbers(DateMacro macro, int expected) {
        assertThat(request().build().valueOf(new Operand.Moment(macro))).isEqualTo(Value.number(expected));
    }

    @Test
    void sundayIsDayZero() {
        RequestGivens sunday = RequestGivens.at(Instant.parse("2024-03-03T00:00:00Z"), new Json())
                .build();
        assertThat(sunday.valueOf(new Operand.Moment(DateMacro.WEEKDAY))).isEqualTo(Value.Number.ZERO);
    }

    @Test
    void aRuleThatGuardsAFieldDeniesToGiveTheRecordAway() {
        Condition rule =
                RuleBooks.check("boss = @request.auth.id && @request.body.boss:changed = false", USERS, CATALOG);
        var evaluator = new RuleEvaluator(new Json());
        StoredRecord mine = ANN;
        RequestGivens keeps = request()
                .caller(BOB)
                .updating(mine, new Value.Members(Map.of("name", Value.text("new"), "boss", Value.text("bob"))))
                .build();
        RequestGivens gives = request()
                .caller(BOB)
                .updating(mine, new Value.Members(Map.of("boss", Value.text("cy"))))
                .build();
        assertThat(evaluator.matches(rule, mine, keeps, RecordLookup.NONE)).isTrue();
        assertThat(evaluator.matches(rule, mine, gives, RecordLookup.NONE)).isFalse();
    }
}
