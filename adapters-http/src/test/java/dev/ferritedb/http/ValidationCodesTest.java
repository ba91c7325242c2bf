package dev.ferritedb.http;

import static dev.ferritedb.http.HttpCase.patch;
import static dev.ferritedb.http.HttpCase.post;
import static dev.ferritedb.http.HttpCase.put;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A row for each validation code, with its place and its parameters. Source: the wire contract, section 16.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidationCodesTest {
    private static final String ALL = "/api/collections";
    private static final String RECORDS = ALL + "/all/records";
    private static final String ACCOUNTS = ALL + "/users/records";

    private TestServer server;
    private String root = "";
    private String alice = "";
    private String aliceId = "";
    private String target = "";
    private String taken = "";

    @BeforeAll
    void fill(@TempDir Path folder) {
        server = TestServer.start(folder);
        root = server.superuser();
        aliceId = server.record("users", """
                {"email":"alice@example.com","password":"%s","passwordConfirm":"%s"}""".formatted(TestServer.PASSWORD, TestServer.PASSWORD));
        alice = server.signIn("users", "alice@example.com");
        server.collection("""
                {"name":"targets","fields":[{"name":"t","type":"text"}]}""");
        server.collection("""
                {"name":"staff","type":"auth"}""");
        target = server.record("targets", "{}");
        server.collection("""
                {"name":"titles","type":"view","viewQuery":"select id from targets"}""");
        server.collection("""
                {"name":"codes","fields":[{"name":"id","type":"text","primaryKey":true,"pattern":"^.+$","autogeneratePattern":"","min":0,"max":0}]}""");
        server.record("codes", "{\"id\":\"CH\"}");
        server.collection("""
                {"name":"all","fields":[
                 {"name":"must","type":"text"},{"name":"text","type":"text","min":2,"max":4,"pattern":"^[a-z]+$"},
                 {"name":"secret","type":"password","min":4,"max":8,"pattern":"[0-9]"},
                 {"name":"number","type":"number","min":-5,"max":5,"onlyInt":true},
                 {"name":"email","type":"email","onlyDomains":["example.com"]},{"name":"url","type":"url","exceptDomains":["example.com"]},
                 {"name":"date","type":"date","min":"2026-01-01","max":"2026-12-31"},
                 {"name":"editor","type":"editor","maxSize":10},{"name":"json","type":"json","maxSize":10},
                 {"name":"select","type":"select","values":["a","b","c"],"maxSelect":2},
                 {"name":"rels","type":"relation","collectionId":"targets","minSelect":2,"maxSelect":3},
                 {"name":"file","type":"file"},{"name":"geo","type":"geoPoint"},{"name":"one","type":"text"}],
                 "indexes":["CREATE UNIQUE INDEX idx_one ON `all` (one) WHERE one != ''"]}""");
        taken = server.record("all", "{\"one\":\"taken\"}");
        server.collection("""
                {"name":"required","fields":[{"name":"must","type":"text","required":true}]}""");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesTheCodeAtItsPlace(HttpCase row) {
        row.run(server);
    }

    Stream<HttpCase> cases() {
        return Stream.of(values(), accounts(), collections(), fields(), indexes(), authOptions())
                .flatMap(rows -> rows);
    }

    private HttpCase value(String field, String sent, String code, String... params) {
        HttpCase row = post(code + " of " + field, RECORDS, "{\"" + field + "\":" + sent + "}")
                .as(root);
        return refused(row, "\"" + field + "\":{\"code\":\"validation_" + code + "\"", params);
    }

    private static HttpCase refused(HttpCase row, String place, String... params) {
        if (params.length == 0) return row.answers(400, place).not("\"params\"");
        return row.answers(400, place, "\"params\":{" + String.join(",", params) + "}");
    }

    private Stream<HttpCase> values() {
        return Stream.of(
                refused(
                        post("required", ALL + "/required/records", "{}").as(root),
                        "\"must\":{\"code\":\"validation_required\",\"message\":\"Cannot be blank.\"}"),
                value("text", "\"a\"", "min_text_constraint", "\"min\":2"),
                value("text", "\"abcde\"", "max_text_constraint", "\"max\":4"),
                value("text", "\"AB\"", "invalid_format"),
                value("secret", "\"1\"", "min_text_constraint"),
                value("secret", "\"123456789\"", "max_text_constraint"),
                value("secret", "\"abcd\"", "invalid_format"),
                value("number", "1.5", "only_int_constraint"),
                value("number", "-6", "min_number_constraint", "\"min\":-5"),
                value("number", "6", "max_number_constraint", "\"max\":5"),
                value("number", "\"x\"", "not_a_number"),
                value("email", "\"x\"", "is_email"),
                value("email", "\"a@other.com\"", "email_domain_not_allowed"),
                value("url", "\"x\"", "invalid_url"),
                value("url", "\"https://example.com\"", "url_domain_not_allowed"),
                value("date", "\"2025-12-31\"", "min_greater_equal_than_required", "\"threshold\":\"2026-01-01\""),
                value("date", "\"2027-01-01\"", "max_less_equal_than_required", "\"threshold\":\"2026-12-31\""),
                value("editor", "\"12345678901\"", "content_size_limit", "\"maxSize\":10"),
                value("json", "\"12345678901x\"", "json_size_limit", "\"maxSize\":10"),
                value("select", "[\"a\",\"b\",\"c\"]", "too_many_values", "\"maxSelect\":2"),
                value("select", "\"d\"", "invalid_value", "\"value\":\"d\""),
                value("rels", "\"" + target + "\"", "not_enough_values", "\"minSelect\":2"),
                value("rels", "[\"a\",\"b\",\"c\",\"d\"]", "too_many_values", "\"maxSelect\":3"),
                value("rels", "[\"a\",\"b\"]", "missing_rel_records"),
                value("file", "\"x.png\"", "invalid_file", "\"invalidFiles\":\"x.png\""),
                value("geo", "{\"lon\":0,\"lat\":91}", "invalid_latitude"),
                value("geo", "{\"lon\":181,\"lat\":0}", "invalid_longitude"),
                value("one", "\"taken\"", "not_unique"),
                value("id", "\"" + taken + "\"", "not_unique"),
                refused(
                        patch("another id", RECORDS + "/" + taken, "{\"id\":\"abcdefghijklmno\"}")
                                .as(root),
                        "\"id\":{\"code\":\"validation_pk_change\""),
                refused(
                        post("a taken code", ALL + "/codes/records", "{\"id\":\"ch\"}")
                                .as(root),
                        "\"id\":{\"code\":\"validation_pk_invalid\""),
                refused(
                        post("a character", ALL + "/codes/records", "{\"id\":\"a/b\"}")
                                .as(root),
                        "\"id\":{\"code\":\"validation_forbidden_pk_character\"",
                        "\"ch\":\"/\""),
                refused(
                        post("a device", ALL + "/codes/records", "{\"id\":\"nul\"}")
                                .as(root),
                        "\"id\":{\"code\":\"validation_reserved_pk\"",
                        "\"reserved\":\"nul\""));
    }

    private Stream<HttpCase> accounts() {
        String passwords = "\"password\":\"another password\",\"passwordConfirm\":\"another password\"";
        String one = ACCOUNTS + "/" + aliceId;
        return Stream.of(
                post("no password", ACCOUNTS, "{\"email\":\"b@example.com\"}")
                        .answers(
                                400,
                                "\"password\":{\"code\":\"validation_required\"",
                                "\"passwordConfirm\":{\"code\":\"validation_required\""),
                post(
                                "not confirmed",
                                ACCOUNTS,
                                "{\"email\":\"b@example.com\",\"password\":\"a password\",\"passwordConfirm\":\"b\"}")
                        .answers(400, "\"passwordConfirm\":{\"code\":\"validation_values_mismatch\""),
                post(
                                "the id of another account",
                                ALL + "/staff/records",
                                "{\"id\":\"" + aliceId + "\",\"email\":\"b@example.com\"," + passwords + "}")
                        .as(root)
                        .answers(400, "\"id\":{\"code\":\"validation_invalid_auth_id\""),
                patch("no old password", one, "{" + passwords + "}")
                        .as(alice)
                        .answers(400, "\"oldPassword\":{\"code\":\"validation_required\""),
                patch("a wrong old password", one, "{\"oldPassword\":\"x\"," + passwords + "}")
                        .as(alice)
                        .answers(400, "\"oldPassword\":{\"code\":\"validation_invalid_old_password\""),
                patch("another e-mail", one, "{\"email\":\"b@example.com\"}")
                        .as(alice)
                        .answers(400, "\"email\":{\"code\":\"validation_values_mismatch\""));
    }

    private HttpCase design(String code, String place, String document) {
        return post(code + " at " + place, ALL, document)
                .as(root)
                .answers(400, place + ":{\"code\":\"validation_" + code + "\"");
    }

    private HttpCase change(String code, String place, String collection, String patch) {
        return patch(code + " at " + place, ALL + "/" + collection, patch)
                .as(root)
                .answers(400, place + ":{\"code\":\"validation_" + code + "\"");
    }

    private Stream<HttpCase> collections() {
        return Stream.of(
                design("required", "\"name\"", "{}"),
                design("length_too_long", "\"name\"", "{\"name\":\"" + "x".repeat(256) + "\"}"),
                design("match_invalid", "\"name\"", "{\"name\":\"a b\"}"),
                design("found_via", "\"name\"", "{\"name\":\"a_via_b\"}"),
                design("collection_name_exists", "\"name\"", "{\"name\":\"ALL\"}"),
                design("collection_name_id_duplicate", "\"name\"", "{\"name\":\"" + idOf("all") + "\"}"),
                design("collection_name_invalid", "\"name\"", "{\"name\":\"idx_one\"}"),
                design("invalid_or_existing_id", "\"id\"", "{\"name\":\"x\",\"id\":\"" + idOf("all") + "\"}"),
                change("collection_type_change", "\"type\"", "all", "{\"type\":\"auth\"}"),
                change("collection_system_name_change", "\"name\"", "_otps", "{\"name\":\"_other\"}"),
                change("collection_system_rule_change", "\"listRule\"", "_otps", "{\"listRule\":\"\"}"),
                change(
                        "system_field_change",
                        "\"fields\"",
                        "users",
                        "{\"fields\":[{\"id\":\"text3208210256\",\"name\":\"id\",\"type\":\"text\",\"primaryKey\":true,\"pattern\":\"x\"},{\"id\":\""
                                + fieldIdOf("users", "email") + "\",\"name\":\"mail\",\"type\":\"email\"}]}"),
                design("invalid_rule", "\"listRule\"", "{\"name\":\"x\",\"listRule\":\"nothing = 1\"}"),
                design(
                        "invalid_view_query",
                        "\"viewQuery\"",
                        "{\"name\":\"x\",\"type\":\"view\",\"viewQuery\":\"select 1\"}"),
                design(
                        "indexes_not_supported",
                        "\"indexes\"",
                        "{\"name\":\"x\",\"type\":\"view\",\"viewQuery\":\"select id from"
                                + " targets\",\"indexes\":[\"CREATE INDEX i ON x (id)\"]}"),
                design(
                        "nil",
                        "\"createRule\"",
                        "{\"name\":\"x\",\"type\":\"view\",\"viewQuery\":\"select id from"
                                + " targets\",\"createRule\":\"\"}"),
                put("required at collections", ALL + "/import", "{\"collections\":[]}")
                        .as(root)
                        .answers(400, "\"collections\":{\"code\":\"validation_required\""),
                put("an import that fails", ALL + "/import", "{\"collections\":[{\"name\":\"a b\"}]}")
                        .as(root)
                        .answers(400, "\"collections\":{\"code\":\"validation_collections_import_failure\""));
    }

    private String idOf(String collection) {
        return server.kernel.schema().catalog().named(collection).orElseThrow().id();
    }

    private String fieldIdOf(String collection, String field) {
        return server.kernel
                .schema()
                .catalog()
                .named(collection)
                .orElseThrow()
                .field(field)
                .orElseThrow()
                .id();
    }

    private HttpCase field(String code, String option, String options) {
        return design(
                code,
                "\"fields\":{\"0\":{\"" + option + "\"",
                "{\"name\":\"x\",\"fields\":[{\"name\":\"f\"," + options + "}]}");
    }

    private Stream<HttpCase> fields() {
        String text = "\"type\":\"text\"";
        return Stream.of(
                field("required", "name", "\"name\":\"\"," + text),
                field("match_invalid", "name", "\"name\":\"a b\"," + text),
                field("length_too_long", "name", "\"name\":\"" + "x".repeat(101) + "\"," + text),
                field("found_via", "name", "\"name\":\"a_via_b\"," + text),
                field("reserved_field_name", "name", "\"name\":\"expand\"," + text),
                field("length_too_long", "help", text + ",\"help\":\"" + "x".repeat(301) + "\""),
                field("invalid_regex", "pattern", text + ",\"pattern\":\"(\""),
                field("min_greater_equal_than_required", "max", text + ",\"min\":5,\"max\":4"),
                field("invalid_autogenerate_pattern", "autogeneratePattern", text + ",\"autogeneratePattern\":\"(\""),
                field(
                        "invalid_autogenerate_pattern_value",
                        "autogeneratePattern",
                        text + ",\"pattern\":\"^a$\",\"autogeneratePattern\":\"b\""),
                field("in_invalid", "name", text + ",\"primaryKey\":true,\"pattern\":\"a\""),
                field(
                        "empty",
                        "exceptDomains",
                        "\"type\":\"email\",\"onlyDomains\":[\"a.com\"],\"exceptDomains\":[\"b.com\"]"),
                field("is_domain", "onlyDomains", "\"type\":\"url\",\"onlyDomains\":[\"a b\"]"),
                field("date_out_of_range", "max", "\"type\":\"date\",\"min\":\"2026-01-02\",\"max\":\"2026-01-01\""),
                field("required", "onCreate", "\"type\":\"autodate\""),
                field("required", "values", "\"type\":\"select\""),
                field(
                        "max_less_equal_than_required",
                        "maxSelect",
                        "\"type\":\"select\",\"values\":[\"a\"],\"maxSelect\":2"),
                field("required", "collectionId", "\"type\":\"relation\""),
                field(
                        "field_relation_missing_collection",
                        "collectionId",
                        "\"type\":\"relation\",\"collectionId\":\"nothere\""),
                field(
                        "relation_field_non_view_base_collection",
                        "collectionId",
                        "\"type\":\"relation\",\"collectionId\":\"titles\""),
                change(
                        "field_relation_change",
                        "\"fields\":{\"0\":{\"collectionId\"",
                        "all",
                        "{\"fields\":[{\"id\":\"" + fieldIdOf("all", "rels")
                                + "\",\"name\":\"rels\",\"type\":\"relation\",\"collectionId\":\"users\"}]}"),
                change(
                        "field_type_change",
                        "\"fields\":{\"0\":{\"type\"",
                        "targets",
                        "{\"fields\":[{\"id\":\"" + fieldIdOf("targets", "t")
                                + "\",\"name\":\"t\",\"type\":\"number\"}]}"),
                design(
                        "duplicated_field_name",
                        "\"fields\":{\"1\":{\"name\"",
                        "{\"name\":\"x\",\"fields\":[{\"name\":\"a\"," + text + "},{\"name\":\"A\"," + text + "}]}"),
                design(
                        "duplicated_field_id",
                        "\"fields\":{\"1\":{\"id\"",
                        "{\"name\":\"x\",\"fields\":[{\"id\":\"i\",\"name\":\"a\"," + text
                                + "},{\"id\":\"i\",\"name\":\"b\"," + text + "}]}"),
                design(
                        "missing_primary_key",
                        "\"fields\"",
                        "{\"name\":\"x\",\"fields\":[{\"name\":\"id\",\"type\":\"number\"}]}"),
                design(
                        "missing_email_field",
                        "\"fields\"",
                        "{\"name\":\"x\",\"type\":\"auth\",\"fields\":[{\"name\":\"email\"," + text + "}]}"));
    }

    private Stream<HttpCase> indexes() {
        return Stream.of(
                index("invalid_index_expression", 0, "CREATE TABLE x (a)"),
                index("duplicated_index_name", 1, "CREATE INDEX i ON x (id)", "CREATE INDEX I ON x (id DESC)"),
                index("existing_index_name", 0, "CREATE INDEX idx_one ON x (id)"),
                index("duplicated_index_definition", 1, "CREATE INDEX i ON x (id)", "CREATE INDEX j ON x (id)"));
    }

    private HttpCase index(String code, int position, String... statements) {
        return design(
                code,
                "\"indexes\":{\"" + position + "\"",
                "{\"name\":\"x\",\"indexes\":[\"" + String.join("\",\"", statements) + "\"]}");
    }

    private Stream<HttpCase> authOptions() {
        String auth = "{\"name\":\"x\",\"type\":\"auth\",";
        return Stream.of(
                design(
                        "length_out_of_range",
                        "\"authToken\":{\"secret\"",
                        auth + "\"authToken\":{\"secret\":\"short\"}}"),
                design(
                        "min_greater_equal_than_required",
                        "\"authToken\":{\"duration\"",
                        auth + "\"authToken\":{\"duration\":9}}"),
                design(
                        "max_less_equal_than_required",
                        "\"authToken\":{\"duration\"",
                        auth + "\"authToken\":{\"duration\":94670857}}"),
                design("nil_or_not_empty_required", "\"manageRule\"", auth + "\"manageRule\":\"\"}"),
                design(
                        "required",
                        "\"passwordAuth\":{\"identityFields\"",
                        auth + "\"passwordAuth\":{\"identityFields\":[]}}"),
                design(
                        "missing_field",
                        "\"passwordAuth\":{\"identityFields\":{\"0\"",
                        auth + "\"passwordAuth\":{\"identityFields\":[\"nick\"]}}"),
                design(
                        "missing_unique_constraint",
                        "\"passwordAuth\":{\"identityFields\":{\"0\"",
                        auth
                                + "\"fields\":[{\"name\":\"nick\",\"type\":\"text\"}],\"passwordAuth\":{\"identityFields\":[\"nick\"]}}"),
                design("mfa_not_enough_auths", "\"mfa\":{\"enabled\"", auth + "\"mfa\":{\"enabled\":true}}"),
                design("invalid_rule", "\"authRule\"", auth + "\"authRule\":\"nothing = 1\"}"));
    }
}
