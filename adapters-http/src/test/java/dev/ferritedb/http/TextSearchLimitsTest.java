package dev.ferritedb.http;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RULE-10: how many texts a client's filter may look for. What the costliest one takes is in
/// `benchmarks/README.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextSearchLimitsTest {
    private static final String RECORDS = "/api/collections/posts/records";
    private static final String TOO_MANY = "More than 10 texts, each _ counted, are looked for (position ";
    private static final String TOO_MANY_IN_FIELD = "More than 4 texts, each _ counted, are looked for in one field";
    private static final String TOO_MANY_PERCENT_SIGNS = "More than 32 % in the patterns of one filter";

    private TestServer server;
    private String root = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        String fields = IntStream.range(0, 12)
                .mapToObj(i -> ",{\"name\":\"t" + i + "\",\"type\":\"text\"}")
                .collect(joining());
        server.collection("""
                {"id":"pbc_posts","name":"posts","listRule":"","viewRule":"","fields":[
                 {"name":"title","type":"text"},{"name":"data","type":"json"},
                 {"name":"parent","type":"relation","collectionId":"pbc_posts"}%s]}""".formatted(fields));
        server.record("posts", "{\"title\":\"found\"}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// A filter that is let through, and one that asks for one more than that.
    private record Limit(String name, String allowed, String refused, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Limit> limits() {
        var rows = new ArrayList<Limit>();
        rows.add(repeated("a search box over all fields", 10, TOO_MANY + "121)", i -> "t" + i + " ~ 'x'"));
        rows.add(repeated("negated", 10, TOO_MANY, i -> "t" + i + " !~ 'x'"));
        rows.add(repeated("in any", 10, TOO_MANY, i -> "t" + i + " ?~ 'x'"));
        rows.add(repeated("contains", 10, TOO_MANY, i -> "contains(t" + i + ", 'x')"));
        rows.add(repeated("startsWith", 10, TOO_MANY, i -> "startsWith(t" + i + ", 'x')"));
        rows.add(repeated("endsWith", 10, TOO_MANY, i -> "!endsWith(t" + i + ", 'x')"));
        rows.add(repeated("compared", 10, TOO_MANY, i -> "contains(t" + i + ", 'x') = true"));
        rows.add(repeated("stored patterns", 10, TOO_MANY, i -> "t" + i + " ~ title"));
        rows.add(repeated("other conditions are free", 10, TOO_MANY, i -> "t" + i + " ~ 'x' && t" + i + " = 'x'"));
        rows.add(repeated("one field", 4, TOO_MANY_IN_FIELD + " (position 65)", i -> "title ~ 'x" + i + "'"));
        rows.add(repeated("each must match", 4, TOO_MANY_IN_FIELD, i -> "title ~ 'x" + i + "'", " && "));
        rows.add(repeated("lower", 4, TOO_MANY_IN_FIELD, i -> "title:lower ~ 'x" + i + "'"));
        rows.add(repeated("by both names", 4, TOO_MANY_IN_FIELD, i -> (i == 2 ? "record." : "") + "title ~ 'x'"));
        rows.add(repeated("in both ways", 4, TOO_MANY_IN_FIELD, i -> i == 2 ? "title ~ 'x'" : "contains(title, 'x')"));
        rows.add(repeated("through a relation", 4, TOO_MANY_IN_FIELD, i -> "parent.title ~ 'x" + i + "'"));
        rows.add(repeated("in a document", 4, TOO_MANY_IN_FIELD, i -> "data.a.b ~ 'x" + i + "'"));
        rows.add(repeated(
                "within a function", 4, TOO_MANY_IN_FIELD, i -> "contains(strftime('%Y', title), '" + i + "')"));
        rows.add(new Limit(
                "beside a field of the same name",
                "title ~ 'a' || title ~ 'b' || title ~ 'c' || parent.title ~ 'd' || parent.title ~ 'e'",
                "title ~ 'a' || title ~ 'b' || title ~ 'c' || parent.title ~ 'd' || title ~ 'e' || title ~ 'f'",
                TOO_MANY_IN_FIELD));
        rows.add(new Limit("any one character", "title ~ '%a___b%'", "title ~ '%a____b%'", TOO_MANY_IN_FIELD));
        rows.add(new Limit("no wildcards", "title ~ 'a____b'", "title ~ 'a____b%'", TOO_MANY_IN_FIELD));
        rows.add(new Limit(
                "escaped", "title ~ '%a\\\\_\\\\_\\\\_\\\\_b%'", "title ~ '%a\\\\_____b%'", TOO_MANY_IN_FIELD));
        rows.add(new Limit(
                "over all fields",
                "t1 ~ '%a__b' || t2 ~ '%a__b' || t3 ~ '%a__b' || t4 ~ 'a'",
                "t1 ~ '%a__b' || t2 ~ '%a__b' || t3 ~ '%a__b' || t4 ~ '%a_'",
                TOO_MANY));
        rows.add(new Limit(
                "spelt apart", "title ~ '%f%o%u%n%d%'", "title ~ '" + "%a".repeat(33) + "'", TOO_MANY_PERCENT_SIGNS));
        rows.add(new Limit(
                "runs",
                "title ~ '" + "%".repeat(32) + "'",
                "title ~ '" + "%".repeat(33) + "'",
                TOO_MANY_PERCENT_SIGNS));
        rows.add(repeated("ends marked", 10, TOO_MANY, i -> "t" + i + " ~ '%x%'"));
        rows.add(repeated("signs in all patterns", 8, TOO_MANY_PERCENT_SIGNS, i -> "t" + i + " ~ '%a%b%c%'"));
        rows.add(new Limit(
                "a long text that is searched",
                "'" + "a".repeat(399) + "' ~ title",
                "'" + "a".repeat(400) + "' ~ title",
                TOO_MANY_IN_FIELD));
        rows.add(new Limit(
                "a long text that is searched by a function",
                "contains('" + "a".repeat(399) + "', title)",
                "startsWith('" + "a".repeat(400) + "', title)",
                TOO_MANY_IN_FIELD));
        return rows;
    }

    private static Limit repeated(String name, int times, String message, IntFunction<String> part) {
        return repeated(name, times, message, part, " || ");
    }

    private static Limit repeated(String name, int times, String message, IntFunction<String> part, String joint) {
        return new Limit(name, joined(times, part, joint), joined(times + 1, part, joint), message);
    }

    private static String joined(int times, IntFunction<String> part, String joint) {
        return IntStream.range(0, times).mapToObj(part).collect(joining(joint));
    }

    private static String list(String filter) {
        return RECORDS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aFilterLooksForSoManyTexts(Limit limit) {
        HttpCase.get(limit.name, list(limit.allowed)).answers(200, "\"items\":").run(server);
        HttpCase.get(limit.name, list(limit.refused))
                .answers(400, "\"code\":\"invalid_filter\"", limit.message, "(position ")
                .run(server);
        HttpCase.get(limit.name, list(limit.refused) + "&cursor=").answers(400).run(server);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void superusersLookForAsManyAsTheyLike(Limit limit) {
        HttpCase.get(limit.name, list(limit.refused))
                .as(root)
                .answers(200, "\"items\":")
                .run(server);
    }

    @Test
    void aRuleLooksForAsManyAsItLikes() {
        String rule = joined(150, i -> "title ~ 'found'", " && ");
        server.collection("{\"name\":\"ruled\",\"listRule\":\"" + rule
                + "\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"}]}");
        server.record("ruled", "{\"title\":\"found\"}");
        HttpCase.get("", "/api/collections/ruled/records")
                .answers(200, "\"totalItems\":1")
                .run(server);
        HttpCase.get(
                        "",
                        "/api/collections/ruled/records?filter="
                                + URLEncoder.encode("title ~ 'other'", StandardCharsets.UTF_8))
                .answers(200, "\"totalItems\":0")
                .run(server);
    }
}
