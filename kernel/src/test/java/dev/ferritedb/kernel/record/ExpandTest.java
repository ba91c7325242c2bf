package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.Expansion.Expanded;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ann leads Bob; posts of theirs have tags, of which `secret` is shown to nobody, and a locked note.
class ExpandTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private StoredRecord ann;
    private StoredRecord bob;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.change(
                "users",
                "{'viewRule':'','listRule':'','fields':[{'name':'name','type':'text'},{'name':'lead','type':'relation','collectionId':'users'}]}");
        kernel.collection(
                "{'name':'tags','listRule':'','viewRule':'word != \\\"secret\\\"','fields':[{'name':'word','type':'text'}]}");
        kernel.collection("{'name':'locked','fields':[{'name':'word','type':'text'}]}");
        kernel.collection("""
                {'name':'posts','listRule':'','viewRule':'','createRule':'','fields':[{'name':'title','type':'text'},
                 {'name':'owner','type':'relation','collectionId':'users'},
                 {'name':'tags','type':'relation','collectionId':'tags','maxSelect':9},
                 {'name':'locked','type':'relation','collectionId':'locked'},
                 {'name':'hidden','type':'relation','collectionId':'tags','hidden':true}]}""");
        kernel.collection("""
                {'name':'covers','listRule':'','viewRule':'','fields':[{'name':'post','type':'relation','collectionId':'posts'},
                 {'name':'text','type':'text'}],'indexes':['CREATE UNIQUE INDEX idx_cover ON covers (post)']}""");
        ann = kernel.account("users", "ann@example.com");
        bob = kernel.account("users", "bob@example.com");
        kernel.update("users", ann.id(), "{'name':'Ann'}");
        kernel.update("users", bob.id(), "{'name':'Bob','lead':'" + ann.id() + "'}");
        kernel.create("tags", "{'id':'tagone000000000','word':'one'}");
        kernel.create("tags", "{'id':'tagtwo000000000','word':'two'}");
        kernel.create("tags", "{'id':'tagsecret000000','word':'secret'}");
        kernel.create("locked", "{'id':'lockednote00000','word':'hush'}");
        kernel.create(
                "posts",
                "{'id':'postbob00000000','title':'b','owner':'" + bob.id()
                        + "','tags':['tagtwo000000000','tagsecret000000','tagone000000000'],'locked':'lockednote00000','hidden':'tagone000000000'}");
        kernel.create("posts", "{'id':'postann00000000','title':'a','owner':'" + ann.id() + "'}");
        kernel.create("covers", "{'post':'postbob00000000','text':'cover'}");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private String shown(Request request, String collection, String id, String expand) {
        return shown(kernel.kernel().records().viewExpanded(request, collection, id, expand));
    }

    /// The record's most telling field, and in braces what is shown with it.
    private static String shown(Expanded expanded) {
        StoredRecord record = expanded.record();
        String name = List.of("word", "title", "text", "name").stream()
                .map(record::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("?");
        if (!expanded.expansion().asked()) return name;
        return name
                + expanded.expansion().branches().entrySet().stream()
                        .map(branch -> branch.getKey() + "="
                                + switch (branch.getValue()) {
                                    case Expansion.One one -> shown(one.record());
                                    case Expansion.Many many ->
                                        many.records().stream()
                                                .map(ExpandTest::shown)
                                                .toList()
                                                .toString();
                                })
                        .collect(Collectors.joining(" ", "{", "}"));
    }

    @ParameterizedTest(name = "expand={0} shows {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "owner                          | b{owner=Bob}",
                "owner.lead                     | b{owner=Bob{lead=Ann}}",
                "owner,owner.lead               | b{owner=Bob{lead=Ann}}",
                "' tags , owner '               | b{owner=Bob tags=[two, one]}",
                "covers_via_post                | b{covers_via_post=cover}",
                "covers(post)                   | b{covers_via_post=cover}",
                "covers_via_post.post.owner     | b{covers_via_post=cover{post=b{owner=Bob}}}",
                "owner.posts_via_owner.tags     | b{owner=Bob{posts_via_owner=[b{tags=[two, one]}]}}",
                "owner.lead.posts_via_owner     | b{owner=Bob{lead=Ann{posts_via_owner=[a]}}}",
                "locked                         | b",
                "hidden                         | b",
                "nope                           | b",
                "title                          | b",
                "nope_via_post                  | b",
                "covers_via_text                | b",
                "tags_via_word                  | b",
                "_via_                          | b",
                "owner.nope                     | b{owner=Bob}",
                "owner..lead                    | b{owner=Bob}",
                "','                            | b"
            })
    void showsWhatIsAskedForAndMayBeSeen(String expand, String result) {
        assertThat(shown(guest(), "posts", "postbob00000000", expand)).isEqualTo(result);
    }

    @Test
    void findsTheWayBackFromACollectionWhoseNameEndsInVia() {
        kernel.collection("""
                {'name':'links_via','listRule':'','viewRule':'','fields':[{'name':'text','type':'text'},
                 {'name':'post','type':'relation','collectionId':'posts'}]}""");
        kernel.create("links_via", "{'post':'postbob00000000','text':'link'}");

        assertThat(shown(guest(), "posts", "postbob00000000", "links_via_via_post"))
                .isEqualTo("b{links_via_via_post=[link]}");
        assertThat(kernel.find("posts", "links_via_via_post.text ?= 'link'")).hasSize(1);
    }

    @Test
    void showsNothingWhereARelationIsEmpty() {
        assertThat(shown(guest(), "posts", "postann00000000", "tags")).isEqualTo("a{}");
        assertThat(shown(guest(), "posts", "postann00000000", "covers_via_post,owner.lead"))
                .isEqualTo("a{owner=Ann{}}");
    }

    @Test
    void showsSuperusersEverything() {
        assertThat(shown(kernel.superuser(), "posts", "postbob00000000", "locked,hidden,tags"))
                .isEqualTo("b{hidden=one locked=hush tags=[two, secret, one]}");
    }

    @Test
    void endsAfterSixLevels() {
        kernel.update("users", ann.id(), "{'lead':'" + ann.id() + "'}");

        String result = shown(guest(), "posts", "postann00000000", "owner.lead.lead.lead.lead.lead.lead.lead");

        assertThat(result.chars().filter(c -> c == '=')).hasSize(6);
    }

    @Test
    void guardsEmailsOfExpandedAccounts() {
        Expanded forGuest = kernel.kernel().records().viewExpanded(guest(), "posts", "postbob00000000", "owner");
        Expanded forBob = kernel.kernel().records().viewExpanded(member(bob), "posts", "postbob00000000", "owner");

        assertThat(((Expansion.One) forGuest.expansion().branches().get("owner"))
                        .record()
                        .exposure())
                .isEqualTo(Exposure.PUBLIC);
        assertThat(((Expansion.One) forBob.expansion().branches().get("owner"))
                        .record()
                        .exposure())
                .isEqualTo(Exposure.OWN);
    }

    @Test
    void expandsPagesAndWrites() {
        var seen = new ArrayList<String>();
        ListQuery.Page page = kernel.kernel()
                .records()
                .listExpanded(
                        guest(),
                        "posts",
                        new ListQuery(1, 30, "title", "", false),
                        "owner",
                        record -> seen.add(shown(record)));

        assertThat(seen).containsExactly("a{owner=Ann}", "b{owner=Bob}");
        assertThat(page).isEqualTo(new ListQuery.Page(1, 30, 2, 1));
        RecordReply created = kernel.create(guest(), "posts", "{'title':'c','owner':'" + ann.id() + "'}");
        assertThat(shown(kernel.kernel().records().expanded(guest(), created, "owner")))
                .isEqualTo("c{owner=Ann}");
    }

    @Test
    void refusesTheRecordItselfAsWithoutExpand() {
        assertThat(problemOf(() -> shown(guest(), "tags", "tagsecret000000", "x")))
                .isEqualTo(Problem.NotFound.record());
        assertThat(problemOf(() -> shown(guest(), "locked", "lockednote00000", "x")))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
    }
}
