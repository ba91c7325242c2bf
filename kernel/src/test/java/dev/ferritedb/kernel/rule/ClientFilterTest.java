package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferritedb.json.Json;
import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.RecordQuery;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import dev.ferritedb.sqlite.SqliteRecordStore;
import dev.ferritedb.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client that is no superuser may name in a filter or sort, and what it then learns.
class ClientFilterTest {
    @TempDir
    Path folder;

    private final RuleBooks books = new RuleBooks();
    private final RuleEvaluator evaluator = new RuleEvaluator(new Json());
    private SqliteRecordStore store;

    @BeforeEach
    void fillTheStore() {
        store = SqliteRecordStore.open(SqliteSettings.of(folder.resolve("data.db")));
        store.migrate();
        CollectionSchema vaults = Designs.of("vaults", Designs.text("code"));
        CollectionSchema broken = Designs.of("broken", Designs.text("code")).withRules(listing("nothing = 1"));
        CollectionSchema users = users(vaults).withRules(listing("name != 'Bob'"));
        CollectionSchema posts = Designs.of(
                        "posts",
                        Designs.text("title"),
                        Designs.relation("author", users),
                        Designs.relation("vault", vaults),
                        Designs.relation("broken", broken),
                        Designs.relation("readers", users.id(), 9),
                        Designs.relation("vaults", vaults.id(), 9))
                .withRules(listing(""));
        CollectionSchema secrets = Designs.of("secrets", Designs.text("code"), Designs.relation("post", posts));
        store.write(writes -> {
            for (CollectionSchema collection : List.of(vaults, broken, users, posts, secrets))
                writes.create(collection);
            writes.insert(Designs.record(
                    users, "ann", "name", "Ann", "email", "ann@example.com", "emailVisibility", true, "token", "t1"));
            writes.insert(Designs.record(users, "bob", "name", "Bob", "email", "bob@example.com", "token", "t2"));
            writes.insert(Designs.record(users, "cy", "name", "Cy", "email", "aaa@example.com"));
            writes.insert(
                    Designs.record(posts, "p1", "title", "by ann", "author", "ann", "readers", List.of("ann", "cy")));
            writes.insert(
                    Designs.record(posts, "p2", "title", "by bob", "author", "bob", "readers", List.of("ann", "bob")));
            writes.insert(Designs.record(posts, "p3", "title", "by nobody"));
            return 0;
        });
    }

    private static AccessRules listing(String rule) {
        return new AccessRules(
                AccessRule.of(rule), AccessRule.LOCKED, AccessRule.LOCKED, AccessRule.LOCKED, AccessRule.LOCKED);
    }

    private static CollectionSchema users(CollectionSchema vaults) {
        CollectionKind auth = CollectionDocuments.read(
                        new Value.Members(Map.of("name", Value.text("users"), "type", Value.text("auth"))))
                .collection()
                .kind();
        return Designs.of(
                "users",
                auth,
                Designs.text("name"),
                Field.of("email", new FieldType.Email(List.of(), List.of())),
                Designs.bool("emailVisibility"),
                Designs.text("token").asHidden(),
                Designs.relation("vault", vaults).asHidden());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CollectionSchema collection(String name) {
        return store.catalog().named(name).orElseThrow();
    }

    private List<String> listed(String name, String filter, Audience audience) {
        Condition condition = books.filter(collection(name), store.catalog(), filter, audience);
        return selected(name, condition, List.of());
    }

    private List<String> selected(String name, Condition condition, List<dev.ferritedb.ports.query.SortKey> order) {
        var ids = new ArrayList<String>();
        var matched = new ArrayList<String>();
        var givens = RequestGivens.at(Instant.EPOCH, new Json()).build();
        store.read(reads -> {
            reads.visit(
                    new RecordQuery(collection(name), condition, givens, order, 100, 0), row -> ids.add(row.text(0)));
            reads.visit(RecordQuery.all(collection(name), Condition.Constant.ALWAYS, givens), row -> {
                StoredRecord record = row.record();
                if (evaluator.matches(condition, record, givens, RecordLookup.in(reads))) matched.add(record.id());
            });
            return 0;
        });
        assertThat(ids).as("as in memory").containsExactlyInAnyOrderElementsOf(matched);
        return ids;
    }

    private String refused(String name, String filter) {
        return catchThrowableOfType(
                        InvalidExpression.class,
                        () -> books.filter(collection(name), store.catalog(), filter, Audience.PUBLIC))
                .getMessage();
    }

    private String sortRefused(String name, String sort) {
        return catchThrowableOfType(
                        InvalidExpression.class,
                        () -> books.sort(collection(name), store.catalog(), sort, Audience.PUBLIC))
                .getMessage();
    }

    @Test
    void hiddenFieldsExistForSuperusersOnly() {
        assertThat(listed("users", "token = 't2'", Audience.TRUSTED)).containsExactly("bob");
        assertThat(refused("users", "token = 't2'"))
                .isEqualTo("Unknown field 'token' (position 1)")
                .isEqualTo(refused("users", "nothing = 't2'").replace("nothing", "token"));
        assertThat(refused("posts", "author.token = 't2'"))
                .isEqualTo(refused("posts", "author.nothing = 't2'").replace("nothing", "token"));
        assertThat(refused("users", "tokem = 't2'")).doesNotContain("did you mean");
        assertThat(sortRefused("users", "token")).isEqualTo(refused("users", "token = 't2'"));
        assertThat(sortRefused("users", "vault.code")).isEqualTo("Unknown field 'vault.code' (position 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.code = 'x'", "broken.code = 'x'", "author.vault.code = 'x'"})
    void aLockedCollectionBehindARelationAnswersLikeAnUnknownField(String filter) {
        String name = filter.substring(0, filter.indexOf(' '));
        assertThat(refused("posts", filter)).isEqualTo("Unknown field '" + name + "' (position 1)");
        assertThat(sortRefused("posts", name)).isEqualTo("Unknown field '" + name + "' (position 1)");
        assertThat(listed("posts", filter, Audience.TRUSTED)).isEmpty();
    }

    @Test
    void aRelationIsNamedWithoutAskingItsCollection() {
        assertThat(listed("posts", "vault.id = '' && vault = ''", Audience.PUBLIC))
                .containsExactly("p1", "p2", "p3");
    }

    @Test
    void aFilterThroughAnotherCollectionKeepsItsListRule() {
        assertThat(listed("posts", "author.name != 'x'", Audience.TRUSTED)).containsExactly("p1", "p2", "p3");
        assertThat(listed("posts", "author.name != 'x'", Audience.PUBLIC)).containsExactly("p1", "p3");
        assertThat(listed("posts", "title != '' || author.name = 'x'", Audience.PUBLIC))
                .containsExactly("p1", "p3");
        assertThat(listed("posts", "title != ''", Audience.PUBLIC)).containsExactly("p1", "p2", "p3");
    }

    @Test
    void aSortThroughAnotherCollectionKeepsItsListRule() {
        CompiledSort sort = books.sort(collection("posts"), store.catalog(), "-author.name", Audience.PUBLIC);
        assertThat(selected("posts", sort.restriction(), sort.keys())).containsExactly("p1", "p3");
        CompiledSort trusted = books.sort(collection("posts"), store.catalog(), "-author.name", Audience.TRUSTED);
        assertThat(selected("posts", trusted.restriction(), trusted.keys())).containsExactly("p2", "p1", "p3");
    }

    @Test
    void anAddressCountsOnlyWhereItIsVisible() {
        assertThat(listed("users", "email ~ 'example'", Audience.TRUSTED)).containsExactly("ann", "bob", "cy");
        assertThat(listed("users", "email ~ 'example'", Audience.PUBLIC)).containsExactly("ann");
        assertThat(listed("users", "email != 'x'", Audience.PUBLIC)).containsExactly("ann");
        assertThat(listed("users", "email in ['bob@example.com']", Audience.PUBLIC))
                .isEmpty();
        assertThat(listed("users", "email:lower ?= 'bob@example.com'", Audience.PUBLIC))
                .isEmpty();
        assertThat(listed("users", "name = 'Bob' || email = 'bob@example.com'", Audience.PUBLIC))
                .containsExactly("bob");
        assertThat(listed("posts", "author.email ~ 'ann'", Audience.PUBLIC)).containsExactly("p1");
    }

    /// Bob is not listed: what holds of him can neither select a record nor keep it from being selected.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "readers.name ?= 'Bob'; p2; none",
                "readers.name ?!= 'Bob'; p1 p2 p3; p1 p2 p3",
                "readers.name = 'Ann'; none; p2",
                "readers.name != 'Bob'; p1 p3; p1 p2 p3",
                "readers.name ~ 'n'; none; p2",
                "readers.name in ['Ann']; none; p2",
                "readers:length > 1; p1 p2; p1 p2",
                "title ~ 'bob' || readers.name ?= 'Zoe'; p2; p2",
                "author.posts_via_author.title ?~ 'bob'; p2; none",
                "author.posts_via_readers.title ?~ 'bob'; p1 p2; p1",
                "readers.posts_via_author.title ?~ 'bob'; p2; none",
                "title = 'x' || author.posts_via_author.readers.name ?= 'Bob'; p2; none",
            })
    void aRowThatIsNotListedDecidesNothing(String filter, String trusted, String shown) {
        assertThat(listed("posts", filter, Audience.TRUSTED)).isEqualTo(ids(trusted));
        assertThat(listed("posts", filter, Audience.PUBLIC)).isEqualTo(ids(shown));
    }

    /// Of those listed, only Ann shows her address.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "readers.email ?~ 'ann'; p1 p2; p1 p2",
                "readers.email ?= 'aaa@example.com'; p1; none",
                "readers.email = 'ann@example.com'; none; p1 p2",
                "readers.email != 'aaa@example.com'; p2 p3; p1 p2",
                "readers.email ?!= 'ann@example.com'; p1 p2 p3; none",
                "readers.email ?> 'b'; p2; none",
                "contains(readers.email, 'aaa'); none; none",
            })
    void anAddressOfSeveralCountsOnlyWhereItIsVisible(String filter, String trusted, String shown) {
        assertThat(listed("posts", filter, Audience.TRUSTED)).isEqualTo(ids(trusted));
        assertThat(listed("posts", filter, Audience.PUBLIC)).isEqualTo(ids(shown));
    }

    private static List<String> ids(String shown) {
        return shown.equals("none") ? List.of() : List.of(shown.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vaults.code ?= 'x'",
                "secrets_via_post.code ?= 'x'",
                "readers.vault.code ?= 'x'",
                "readers.token ?= 'x'",
                "author.users_via_vault.name ?= 'x'",
                "nowhere_via_post.code ?= 'x'",
            })
    void whatLiesBehindALockAnswersLikeAnUnknownFieldOnEveryWay(String filter) {
        String name = filter.substring(0, filter.indexOf(' '));
        assertThat(refused("posts", filter)).isEqualTo("Unknown field '" + name + "' (position 1)");
    }

    @Test
    void severalRecordsGiveNoOrder() {
        assertThat(sortRefused("posts", "readers.name"))
                .isEqualTo("'readers.name' leads to several records: they give no order (position 1)");
        assertThat(sortRefused("users", "-posts_via_author.title"))
                .isEqualTo("'posts_via_author.title' leads to several records: they give no order (position 2)");
    }

    @Test
    void anOrderByAddressTellsNothingOfThoseThatAreNotVisible() {
        CompiledSort sort = books.sort(collection("users"), store.catalog(), "-email", Audience.PUBLIC);
        assertThat(selected("users", sort.restriction(), sort.keys())).containsExactly("ann", "cy", "bob");
        CompiledSort trusted = books.sort(collection("users"), store.catalog(), "email", Audience.TRUSTED);
        assertThat(selected("users", trusted.restriction(), trusted.keys())).containsExactly("cy", "ann", "bob");
    }

    @Test
    void theRequestBelongsToRulesAndSuperusers() {
        assertThat(RuleBooks.reserved("a = @request.auth.id").orElseThrow().message())
                .isEqualTo("Only superusers can filter by @request.");
        assertThat(RuleBooks.reserved("@collection.users.id = 1").orElseThrow().message())
                .isEqualTo("Only superusers can filter by @collection.");
        assertThat(RuleBooks.reserved("title = 'a' && due > @now")).isEmpty();
        assertThat(refused("users", "name = @request.auth.id")).startsWith("Unknown field '@request.auth.id'");
        assertThat(refused("users", "name = user.id")).startsWith("Unknown field 'user.id'");
        assertThat(listed("users", "name = user.id", Audience.TRUSTED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "title; p1 p2 p3",
                "-title; p3 p2 p1",
                "+title; p1 p2 p3",
                "` -title , title`; p3 p2 p1",
                "title:lower; p1 p2 p3",
                "-readers:length,-title; p2 p1 p3",
                "-@rowid; p3 p2 p1",
                "@rowid; p1 p2 p3",
                "-author; p2 p1 p3",
                "author.id,-@rowid; p3 p1 p2",
            })
    void sorts(String sort, String expected) {
        CompiledSort compiled = books.sort(collection("posts"), store.catalog(), sort, Audience.PUBLIC);
        assertThat(selected("posts", Condition.Constant.ALWAYS, compiled.keys()))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nothing; Unknown field 'nothing' (position 1)",
                "title,; Expected a field to sort by (position 7)",
                "title,,author; Expected a field to sort by (position 7)",
                "-; Expected a field to sort by (position 1)",
                "readers:each; 'readers:each' leads to several records: they give no order (position 1)",
                "title:isset; 'title:isset' has a modifier that fits only @request values (position 1)",
                "@now; '@now' is no field to sort by (position 1)",
                "true; 'true' is no field to sort by (position 1)",
                "a,a,a,a,a,a,a,a,a; Unknown field 'a' (position 1)",
                "id,id,id,id,id,id,id,id,id; A sort has at most 8 fields (position 25)",
            })
    void refusesASortThatMakesNoSense(String sort, String message) {
        assertThat(sortRefused("posts", sort)).isEqualTo(message);
    }

    @Test
    void anyOrderIsAnOrder() {
        CompiledSort sort = books.sort(collection("posts"), store.catalog(), "@random", Audience.PUBLIC);
        assertThat(selected("posts", sort.restriction(), sort.keys())).containsExactlyInAnyOrder("p1", "p2", "p3");
        assertThat(sortRefused("posts", "a".repeat(256))).startsWith("A sort field has at most 255 characters");
        assertThat(sortRefused("posts", "a".repeat(200_000))).startsWith("A sort has at most 2048 characters");
    }

    @Test
    void findsAFilterAgainUntilTheCatalogChanges() {
        CollectionCatalog catalog = store.catalog();
        CollectionSchema posts = collection("posts");
        Condition first = books.filter(posts, catalog, "author.name != 'x'", Audience.PUBLIC);
        assertThat(books.filter(posts, catalog, "author.name != 'x'", Audience.PUBLIC))
                .isSameAs(first);
        CollectionSchema users = collection("users");
        store.write(writes -> writes.change(users, users.withRules(listing("name = 'Bob'"))));
        assertThat(listed("posts", "author.name != 'x'", Audience.PUBLIC)).containsExactly("p2", "p3");
    }
}
