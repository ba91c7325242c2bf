package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final List<String> KEYS =
            List.of("t", "n", "b", "d", "s", "j", "j.a", "g", "multi", "id", "@rowid", "e");
    private static final Consumer<Integer> NOTHING_HAPPENS = _ -> {};

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'rows','listRule':'','fields':[{'name':'t','type':'text','max':20000},{'name':'n','type':'number'},{'name':'b','type':'bool'},
                 {'name':'d','type':'date'},{'name':'s','type':'select','values':['x','y']},{'name':'multi','type':'select','values':['x','y'],'maxSelect':2},
                 {'name':'j','type':'json'},{'name':'g','type':'geoPoint'},{'name':'e','type':'editor'},{'name':'kept','type':'bool'},
                 {'name':'secret','type':'text','hidden':true}],
                 'indexes':['create index rows_t on rows (t)','create index rows_n on rows (n, t desc)']}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private record Paged(List<String> ids, Optional<String> next, long total) {}

    private Paged page(Request request, String collection, String sort, String filter, int perPage, String cursor) {
        var ids = new ArrayList<String>();
        CursorPage page = kernel.kernel()
                .records()
                .walk(
                        request,
                        collection,
                        new ListQuery(1, perPage, sort, filter, true),
                        cursor,
                        (row, _) -> ids.add(row.text(row.collection().position("id"))));
        return new Paged(ids, page.nextCursor(), page.page().totalItems());
    }

    /// @param between what happens after each page
    private List<String> walk(
            Request request, String collection, String sort, String filter, int perPage, Consumer<Integer> between) {
        var ids = new ArrayList<String>();
        Paged page = page(request, collection, sort, filter, perPage, "");
        ids.addAll(page.ids);
        for (int pages = 1; page.next.isPresent(); pages++) {
            assertThat(page.ids).hasSize(perPage);
            assertThat(pages).isLessThan(10_000);
            between.accept(pages);
            page = page(request, collection, sort, filter, perPage, page.next.get());
            ids.addAll(page.ids);
        }
        return ids;
    }

    private List<String> all(Request request, String collection, String sort, String filter) {
        var ids = new ArrayList<String>();
        kernel.kernel()
                .records()
                .list(
                        request,
                        collection,
                        new ListQuery(1, 1000, sort, filter, true),
                        (row, _) -> ids.add(row.text(row.collection().position("id"))));
        return ids;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void walksThroughTheRowsOfTheOneBigListInItsOrder(int perPage) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) insert(random);
        for (int round = 0; round < 25; round++) {
            String sort = sort(random);
            String filter = random.nextInt(3) == 0 ? "n >= 0" : "";
            assertThat(walk(guest(), "rows", sort, filter, perPage, NOTHING_HAPPENS))
                    .as("seed %d, sort %s", seed, sort)
                    .isEqualTo(all(guest(), "rows", sort, filter));
        }
    }

    @Test
    void missesAndRepeatsNoRowThatStaysWhileOthersComeAndGo() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 40; i++) insert(random);
            String sort = sort(random);
            Set<String> kept = new LinkedHashSet<>(all(guest(), "rows", sort, "kept = true"));
            List<String> walked = walk(guest(), "rows", sort, "", 1 + random.nextInt(7), _ -> stir(random));
            assertThat(walked).as("seed %d, sort %s", seed, sort).doesNotHaveDuplicates();
            assertThat(walked).containsAll(kept);
            assertThat(walked.stream().filter(kept::contains).toList())
                    .as("seed %d, sort %s", seed, sort)
                    .isEqualTo(all(guest(), "rows", sort, "kept = true").stream()
                            .filter(kept::contains)
                            .toList());
            kernel.kernel().records().truncate(operator(), "rows");
        }
    }

    /// Deletes some rows that are not kept, the last one seen perhaps, and adds others.
    private void stir(Random random) {
        List<String> others = all(operator(), "rows", "", "kept = false");
        Collections.shuffle(others, random);
        for (String id : others.subList(0, Math.min(others.size(), 3))) {
            kernel.kernel().records().delete(operator(), "rows", id);
        }
        for (int i = 0; i < 2; i++) {
            kernel.create(
                    "rows", "{'t':'%s','n':%d,'j':%d}".formatted(text(random), random.nextInt(4), random.nextInt(3)));
        }
    }

    /// What a cursor is too short for, so that it stands for its record, only a record has that stays.
    private void insert(Random random) {
        List<String> documents = List.of(
                "null",
                "1",
                "2.5",
                "-3",
                "'a'",
                "'B'",
                "true",
                "[1,2]",
                "{'a':null}",
                "{'a':1}",
                "{'a':'x'}",
                "{'a':1.5}");
        List<String> numbers = List.of("0", "1", "-1", "0.1", "1e300", "-2.5", "9007199254740992", "12");
        boolean kept = random.nextBoolean();
        kernel.create(
                "rows",
                "{'t':'%s','n':%s,'b':%s,'d':'%s','s':'%s','j':%s,'g':{'lon':%d,'lat':1},'multi':[%s],'e':'%s','kept':%s}"
                        .formatted(
                                text(random),
                                numbers.get(random.nextInt(numbers.size())),
                                random.nextBoolean(),
                                random.nextBoolean() ? "2026-01-0" + (1 + random.nextInt(3)) : "",
                                List.of("", "x", "y").get(random.nextInt(3)),
                                documents.get(random.nextInt(documents.size())),
                                random.nextInt(3),
                                List.of("", "'x'", "'x','y'").get(random.nextInt(3)),
                                "ä😀".repeat(random.nextInt(3) * (kept ? 300 : 30)),
                                kept));
    }

    private static String text(Random random) {
        return List.of("", "a", "A", "b", "ä", "😀", "10", "9", "z\\u0001", " a")
                .get(random.nextInt(10));
    }

    private static String sort(Random random) {
        var keys = new ArrayList<String>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            keys.add((random.nextBoolean() ? "-" : "") + KEYS.get(random.nextInt(KEYS.size())));
        }
        return String.join(",", keys);
    }

    @Test
    void endsWithAFullPageAndWithNone() {
        for (int i = 0; i < 4; i++) kernel.create("rows", "{'n':" + i + "}");
        Paged first = page(guest(), "rows", "n", "", 2, "");
        Paged second = page(guest(), "rows", "n", "", 2, first.next.orElseThrow());
        assertThat(second.ids).hasSize(2);
        assertThat(second.next).isEmpty();
        assertThat(page(guest(), "rows", "n", "n > 9", 2, "")).isEqualTo(new Paged(List.of(), Optional.empty(), -1));
        Paged restOfFour = page(guest(), "rows", "n", "", 9, first.next.orElseThrow());
        assertThat(restOfFour.ids).isEqualTo(second.ids);
    }

    @Test
    void goesOnAfterARestart() {
        for (int i = 0; i < 4; i++) kernel.create("rows", "{'n':" + i + "}");
        List<String> all = all(guest(), "rows", "-n", "");
        Paged first = page(guest(), "rows", "-n", "", 2, "");
        kernel.close();
        kernel = KernelFixture.in(folder);
        assertThat(page(guest(), "rows", "-n", "", 2, first.next.orElseThrow()).ids)
                .isEqualTo(all.subList(2, 4));
    }

    @Test
    void goesOnBehindValuesTooLongForACursorAsLongAsTheirRecordIsThere() {
        String last = "";
        for (int i = 0; i < 4; i++) {
            last = kernel.create("rows", "{'t':'" + "x".repeat(9000) + (9 - i) + "'}")
                    .id();
        }
        List<String> all = all(guest(), "rows", "t", "");
        assertThat(walk(guest(), "rows", "t", "", 1, NOTHING_HAPPENS)).isEqualTo(all);
        String cursor = page(guest(), "rows", "t", "", 1, "").next.orElseThrow();
        assertThat(cursor).hasSizeLessThan(200);
        kernel.update("rows", last, "{'n':5}");
        assertThat(page(guest(), "rows", "t", "", 1, cursor).ids).isEqualTo(all.subList(1, 2));
        kernel.update("rows", last, "{'t':'y'}");
        assertThat(codesOf(() -> page(guest(), "rows", "t", "", 1, cursor)))
                .isEqualTo(Map.of("cursor", "validation_cursor_lost"));
        kernel.kernel().records().delete(operator(), "rows", last);
        assertThat(problemOf(() -> page(guest(), "rows", "t", "", 1, cursor)).code())
                .isEqualTo("cursor_lost");
    }

    @Test
    void refusesWhatItDidNotGiveOutForThisVeryList() {
        kernel.collection("{'name':'others','listRule':'','fields':[{'name':'n','type':'number'}]}");
        StoredRecord ann = kernel.account("users", "ann@example.com");
        for (int i = 0; i < 3; i++) {
            kernel.create("rows", "{'n':" + i + "}");
            kernel.create("others", "{'n':" + i + "}");
        }
        String cursor = page(guest(), "rows", "n", "n >= 0", 1, "").next.orElseThrow();
        assertThat(page(guest(), "rows", "n", "n >= 0", 1, cursor).ids).hasSize(1);
        refuses(guest(), "others", "n", "n >= 0", cursor);
        refuses(guest(), "rows", "-n", "n >= 0", cursor);
        refuses(guest(), "rows", "n", "n >= 1", cursor);
        refuses(guest(), "rows", "n", "", cursor);
        refuses(member(ann), "rows", "n", "n >= 0", cursor);
        refuses(operator(), "rows", "n", "n >= 0", cursor);
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < bytes.length; i++) {
            byte[] forged = bytes.clone();
            forged[i] ^= 1;
            refuses(guest(), "rows", "n", "n >= 0", Base64.getUrlEncoder().encodeToString(forged));
        }
        for (int i = 1; i < cursor.length(); i++) refuses(guest(), "rows", "n", "n >= 0", cursor.substring(0, i));
        for (String none : List.of(" ", "=", "%", "ä", "AAAA", cursor + cursor, "A".repeat(100_000))) {
            refuses(guest(), "rows", "n", "n >= 0", none);
        }
        for (String sort : List.of("@random", "n,@random", "-@random,n")) refuses(guest(), "rows", sort, "", "");
    }

    private void refuses(Request request, String collection, String sort, String filter, String cursor) {
        assertThat(codesOf(() -> page(request, collection, sort, filter, 1, cursor)))
                .as("%s %s %s %s", collection, sort, filter, cursor)
                .isEqualTo(Map.of("cursor", "validation_invalid_cursor"));
    }

    @Test
    void refusesAnOrderByFieldsOfOthers() {
        String users =
                kernel.kernel().schema().catalog().named("users").orElseThrow().id();
        kernel.collection("{'name':'posts','listRule':'','fields':[{'name':'by','type':'relation','collectionId':'"
                + users + "'},{'name':'n','type':'number'}]}");
        refuses(operator(), "posts", "by.name", "", "");
        refuses(operator(), "posts", "n,-by.name", "", "");
        assertThat(page(operator(), "posts", "by,n", "by.name = 'x'", 1, "").ids)
                .isEmpty();
    }

    @Test
    void sortsByAnEmailAsIfItWereEmptyWhereItIsNotShown() {
        kernel.change("users", "{'listRule':''}");
        for (String name : List.of("d", "a", "c", "b", "e")) {
            StoredRecord account = kernel.account("users", name + "@example.com");
            if (name.compareTo("c") > 0) kernel.update("users", account.id(), "{'emailVisibility':true}");
        }
        StoredRecord own = kernel.account("users", "own@example.com");
        for (Request request : List.of(guest(), member(own), operator())) {
            for (String sort : List.of("email", "-email", "emailVisibility,-email")) {
                assertThat(walk(request, "users", sort, "", 1, NOTHING_HAPPENS))
                        .as(sort)
                        .isEqualTo(all(request, "users", sort, ""));
            }
        }
    }

    @Test
    void tellsNotEvenTheLengthOfAnEmailThatIsNotShown() {
        kernel.change("users", "{'listRule':''}");
        StoredRecord first = kernel.account("users", "a@example.com");
        kernel.account("users", "z@example.com");
        String before = page(guest(), "users", "email", "", 1, "").next.orElseThrow();
        kernel.update("users", first.id(), "{'email':'a-much-longer-address-than-before@example.com'}");
        String after = page(guest(), "users", "email", "", 1, "").next.orElseThrow();
        assertThat(after).hasSameSizeAs(before);
    }

    @Test
    void treatsAHiddenFieldAsOneThatIsNotThere() {
        for (int i = 0; i < 3; i++) kernel.create("rows", "{'secret':'s" + i + "'}");
        assertThat(problemOf(() -> page(guest(), "rows", "secret", "", 1, "")).code())
                .isEqualTo("invalid_sort");
        String cursor = page(operator(), "rows", "secret", "", 1, "").next.orElseThrow();
        assertThat(problemOf(() -> page(guest(), "rows", "secret", "", 1, cursor))
                        .code())
                .isEqualTo("invalid_sort");
        assertThat(walk(operator(), "rows", "-secret", "", 1, NOTHING_HAPPENS))
                .isEqualTo(all(operator(), "rows", "-secret", ""));
    }

    @Test
    void walksThroughAViewWithItsIdsForTies() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) insert(random);
        kernel.collection("""
                {'name':'seen','type':'view','listRule':'','viewQuery':'select id, t, n, j, (n * 2) as twice,
                 nullif(t, (select min(t) from rows)) as some, count(*) as c from rows group by id'}""".replace("\n", " "));
        Set<String> ids = new LinkedHashSet<>(all(guest(), "seen", "id", ""));
        for (String sort :
                List.of("", "id", "-id", "t", "-n", "twice,-some", "-some", "some", "j,-t", "-j", "c,-twice")) {
            for (int perPage : List.of(1, 7)) {
                List<String> walked = walk(guest(), "seen", sort, "", perPage, NOTHING_HAPPENS);
                String whole = (sort.isEmpty()
                        ? "id"
                        : sort + (sort.lastIndexOf('-') > sort.lastIndexOf(',') ? ",-id" : ",id"));
                assertThat(walked).as("seed %d, sort %s", seed, sort).isEqualTo(all(guest(), "seen", whole, ""));
                assertThat(walked).containsExactlyInAnyOrderElementsOf(ids);
            }
        }
    }
}
