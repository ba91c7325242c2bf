package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.kernel.schema.ListQuery.Page;
import dev.ferritedb.ports.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListRecordsTest {
    @TempDir
    static Path folder;

    private static KernelFixture kernel;

    @BeforeAll
    static void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'numbers','listRule':'','fields':[{'name':'n','type':'number'},{'name':'half','type':'number'},
                 {'name':'secret','type':'text','hidden':true}]}""");
        for (int i = 1; i <= 7; i++)
            kernel.create("numbers", "{'n':" + i + ",'half':" + i / 2 + ",'secret':'s" + i + "'}");
    }

    @AfterAll
    static void close() {
        kernel.close();
    }

    private record Listed(Page page, List<String> numbers) {}

    private static Listed list(Request request, ListQuery query) {
        var numbers = new ArrayList<String>();
        Page page = kernel.kernel()
                .records()
                .list(
                        request,
                        "numbers",
                        query,
                        (row, _) -> numbers.add(KernelFixture.json(row.record().value("n"))));
        return new Listed(page, numbers);
    }

    private static List<String> sorted(String sort) {
        return list(guest(), new ListQuery(1, 30, sort, "", true)).numbers;
    }

    @Test
    void givesPagesInTheOrderOfCreationWithTotals() {
        assertThat(list(guest(), new ListQuery(1, 3, "", "", false)))
                .isEqualTo(new Listed(new Page(1, 3, 7, 3), List.of("1", "2", "3")));
        assertThat(list(guest(), new ListQuery(3, 3, "", "", false)))
                .isEqualTo(new Listed(new Page(3, 3, 7, 3), List.of("7")));
        assertThat(list(guest(), new ListQuery(4, 3, "", "", false)))
                .isEqualTo(new Listed(new Page(4, 3, 7, 3), List.of()));
        assertThat(list(guest(), new ListQuery(1, 3, "", "n > 100", false)))
                .isEqualTo(new Listed(new Page(1, 3, 0, 0), List.of()));
    }

    @Test
    void leavesTotalsOutWhenTheyAreNotWanted() {
        assertThat(list(guest(), new ListQuery(1, 3, "", "", true)).page).isEqualTo(new Page(1, 3, -1, -1));
    }

    @Test
    void makesOddPagesRegular() {
        assertThat(new ListQuery(0, 0, "", "", false)).isEqualTo(ListQuery.FIRST_PAGE);
        assertThat(new ListQuery(-5, 5000, "", "", false)).isEqualTo(new ListQuery(1, 1000, "", "", false));
    }

    @Test
    void sortsByOneKeyOrMore() {
        assertThat(sorted("-n")).containsExactly("7", "6", "5", "4", "3", "2", "1");
        assertThat(sorted("-half,n")).containsExactly("6", "7", "4", "5", "2", "3", "1");
        assertThat(sorted("-@rowid")).containsExactly("7", "6", "5", "4", "3", "2", "1");
        assertThat(sorted("@random")).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
    }

    @ParameterizedTest(name = "sort by {0} is refused")
    @CsvSource({"nope", "-", "secret", "'n,,half'", "'n,n,n,n,n,n,n,n,n'"})
    void refusesASortThatMakesNoSense(String sort) {
        assertThat(problemOf(() -> sorted(sort)).code()).isEqualTo("invalid_sort");
    }

    @ParameterizedTest(name = "filter {0} is refused")
    @CsvSource(
            delimiter = '|',
            value = {"nope = 1", "secret = 's1'", "n =", "n = 1 &&", "(n = 1", "n ! 1", "'"},
            quoteCharacter = '~')
    void refusesAFilterThatMakesNoSense(String filter) {
        assertThat(problemOf(() -> list(guest(), new ListQuery(1, 30, "", filter, true)))
                        .code())
                .isEqualTo("invalid_filter");
    }

    @Test
    void saysTheSameOfAHiddenFieldAsOfNone() {
        Problem hidden = problemOf(() -> list(guest(), new ListQuery(1, 30, "", "secret = 1", true)));
        Problem unknown = problemOf(() -> list(guest(), new ListQuery(1, 30, "", "secreT = 1", true)));

        assertThat(hidden.message().replace("secret", "x"))
                .isEqualTo(unknown.message().replace("secreT", "x"));
        assertThat(list(kernel.superuser(), new ListQuery(1, 30, "-secret", "secret = 's3' || secret = 's4'", true))
                        .numbers)
                .containsExactly("4", "3");
    }

    @Test
    void keepsRequestAndCollectionNamesForSuperusers() {
        var query = new ListQuery(1, 30, "", "@request.auth.id = ''", true);

        assertThat(problemOf(() -> list(guest(), query))).isInstanceOf(Problem.Forbidden.class);
        assertThat(list(operator(), query).numbers).hasSize(7);
    }

    @Test
    void refusesAVeryLongFilterAtOnce() {
        String filter = "n = 1 || ".repeat(22_000) + "n = 1";

        assertThat(problemOf(() -> list(guest(), new ListQuery(1, 30, "", filter, true)))
                        .code())
                .isEqualTo("invalid_filter");
    }

    @Test
    void handsOverAllRecordsOfOneMomentWithTheirNumber() {
        var totals = new ArrayList<Long>();
        var numbers = new ArrayList<String>();

        kernel.kernel()
                .records()
                .listAll(
                        operator(),
                        "numbers",
                        "-n",
                        "n > 2",
                        totals::add,
                        (row, _) -> numbers.add(KernelFixture.json(row.record().value("n"))));

        assertThat(totals).containsExactly(5L);
        assertThat(numbers).containsExactly("7", "6", "5", "4", "3");
    }

    @Test
    void handsOverMoreThanAPage() {
        kernel.collection("{'name':'bulk','fields':[{'name':'n','type':'number'}]}");
        var bodies = new ArrayList<dev.ferritedb.ports.value.Value.Members>();
        for (int i = 0; i < 2_000; i++) bodies.add(KernelFixture.body("{'n':" + i + "}"));
        kernel.kernel().records().importBatch(operator(), "bulk", bodies, ImportOutcome.OnExisting.SKIP);
        var count = new int[1];

        kernel.kernel()
                .records()
                .listAll(operator(), "bulk", "", "", total -> assertThat(total).isEqualTo(2_000), (_, _) -> count[0]++);

        assertThat(count[0]).isEqualTo(2_000);
    }
}
