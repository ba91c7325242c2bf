package dev.ferritedb.cli.demo;

import dev.ferritedb.json.Json;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the demo content in place. What is there already is kept, so it can be run again and again.
public final class DemoSeeder {
    private static final Request OPERATOR = Request.ofOperator();

    private final Kernel kernel;
    private final boolean force;
    private int created;
    private int changed;
    private int kept;

    /// How many collections, accounts and posts were made, brought back to how they were, and left alone.
    public record Outcome(int created, int changed, int kept) {}

    private DemoSeeder(Kernel kernel, boolean force) {
        this.kernel = kernel;
        this.force = force;
    }

    /// @param force whether the demo's own collections, accounts and posts are brought back to how they were at first:
    /// fields that are missing, rules, passwords, texts. Other records and fields stay.
    public static Outcome seed(Kernel kernel, boolean force) {
        var seeder = new DemoSeeder(kernel, force);
        DemoCollections.documents().forEach(seeder::collection);
        DemoAccount.ALL.forEach(seeder::account);
        DemoPost.ALL.forEach(seeder::post);
        return new Outcome(seeder.created, seeder.changed, seeder.kept);
    }

    private void collection(Value.Members document) {
        Map<String, Value> wanted = new LinkedHashMap<>(document.members());
        wanted.put("fields", resolved(document));
        Optional<CollectionSchema> existing = kernel.schema().catalog().named(text(document, "name"));
        if (existing.isEmpty()) {
            kernel.schema().create(OPERATOR, new Value.Members(wanted));
            created++;
            return;
        }
        List<Value> missing = items(wanted.get("fields")).stream()
                .filter(field -> existing.get().field(text(field, "name")).isEmpty())
                .toList();
        if (missing.isEmpty() && !force) {
            kept++;
            return;
        }
        var fields = new ArrayList<>(items(
                CollectionDocuments.write(existing.get(), Secrets.LEFT_OUT).get("fields")));
        fields.addAll(missing);
        wanted.put("fields", new Value.Items(fields));
        if (!force && !untouched(existing.get())) wanted.keySet().retainAll(List.of("fields"));
        kernel.schema().update(OPERATOR, existing.get().id(), new Value.Members(wanted));
        changed++;
    }

    /// Whether nobody has made the collection his own yet: its rules are not the demo's to change otherwise.
    private static boolean untouched(CollectionSchema collection) {
        return collection.created().equals(collection.updated());
    }

    /// The fields with each relation's target by its id.
    private Value resolved(Value.Members document) {
        var fields = new ArrayList<Value>();
        for (Value field : items(document.get("fields"))) {
            var members = new LinkedHashMap<>(((Value.Members) field).members());
            members.computeIfPresent(
                    "collectionId",
                    (_, target) -> kernel.schema()
                            .catalog()
                            .named(((Value.Text) target).text())
                            .<Value>map(collection -> Value.text(collection.id()))
                            .orElse(target));
            fields.add(new Value.Members(members));
        }
        return new Value.Items(fields);
    }

    private void account(DemoAccount account) {
        var body = new LinkedHashMap<String, Value>();
        body.put("email", Value.text(account.email()));
        body.put("verified", Value.Truth.TRUE);
        body.put("password", Value.text(account.password()));
        body.put("passwordConfirm", Value.text(account.password()));
        if (!account.role().isEmpty()) {
            body.put("role", Value.text(account.role()));
            body.put("first_name", Value.text(account.firstName()));
            body.put("last_name", Value.text(account.lastName()));
        }
        put(account.collection(), accountId(account.collection(), account.email()), body);
    }

    private void post(DemoPost post) {
        var body = new LinkedHashMap<String, Value>();
        body.put("id", Value.text(post.id()));
        body.put("title", Value.text(post.title()));
        body.put("content", Value.text(post.content().strip()));
        body.put("excerpt", Value.text(post.excerpt()));
        body.put(
                "owner_id",
                Value.text(accountId(DemoCollections.USERS, post.ownerEmail()).orElse("")));
        body.put("published", Value.truth(post.published()));
        body.put("status", Value.text(post.published() ? "published" : "draft"));
        body.put("tags", new Value.Items(post.tags().stream().map(Value::text).toList()));
        body.put("published_at", Value.text(post.publishedAt()));
        put(DemoCollections.POSTS, id(DemoCollections.POSTS, "id", post.id()), body);
    }

    private void put(String collection, Optional<String> existingId, Map<String, Value> body) {
        if (existingId.isEmpty()) {
            kernel.records().create(OPERATOR, collection, new Value.Members(body));
            created++;
        } else if (force) {
            kernel.records().update(OPERATOR, collection, existingId.get(), new Value.Members(body));
            changed++;
        } else {
            kept++;
        }
    }

    private Optional<String> accountId(String collection, String email) {
        return id(collection, "email", email);
    }

    private Optional<String> id(String collection, String field, String value) {
        var ids = new ArrayList<String>();
        var query = new ListQuery(1, 1, "", field + " = " + Json.write(Value.text(value)), true);
        kernel.records()
                .list(
                        OPERATOR,
                        collection,
                        query,
                        (row, _) -> ids.add(row.text(row.collection().position("id"))));
        return ids.stream().findFirst();
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Items(List<Value> items) ? items : List.of();
    }

    private static String text(Value members, String name) {
        return ((Value.Text) ((Value.Members) members).get(name)).text();
    }
}
