package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Makes the account of someone whom a provider sent and nobody knows yet: as any client makes one, under the
/// collection's create rule, with what the provider told where the client says nothing else.
final class OAuth2Registration {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PASSWORD_LENGTH = 30;

    private final AccountChanges changes;
    private final RandomGenerator random;

    OAuth2Registration(AccountChanges changes, RandomGenerator random) {
        this.changes = changes;
        this.random = random;
    }

    /// Refuses as [AccountChanges#create] does.
    StoredRecord create(
            Request request,
            CollectionSchema collection,
            String provider,
            ProviderUser user,
            Value.Members createData) {
        Map<String, Value> body = own(collection, user, createData);
        Map<String, Value> mapped = mapped(collection, user, body);
        var all = new LinkedHashMap<>(body);
        all.putAll(mapped);
        try {
            return create(request, collection, provider, user, all);
        } catch (Refusal refusal) {
            if (!withoutRefused(all, mapped, refusal)) throw refusal;
            return create(request, collection, provider, user, all);
        }
    }

    /// A name or a user name of the provider's that does not suit the field, or is taken, is left out.
    private static boolean withoutRefused(Map<String, Value> all, Map<String, Value> mapped, Refusal refusal) {
        if (!(refusal.problem() instanceof Problem.Invalid invalid)) return false;
        boolean any = false;
        for (FieldProblem problem : invalid.fields()) {
            String field = problem.path().isEmpty() ? "" : problem.path().getFirst();
            if (mapped.containsKey(field)) any |= all.remove(field) != null;
        }
        return any;
    }

    private StoredRecord create(
            Request request, CollectionSchema collection, String provider, ProviderUser user, Map<String, Value> body) {
        var verified = new ArrayList<StoredRecord>();
        StoredRecord record = changes.create(request, collection.id(), new Value.Members(body), (writes, account) -> {
            changes.keep(writes, ExternalAuths.COLLECTION, ExternalAuths.link(account, provider, user.id()));
            boolean proven = !account.truth("verified") && user.provesEmail(account.text("email"));
            if (proven) verified.add(changes.change(writes, account, Map.of("verified", Value.Truth.TRUE)));
        });
        return verified.isEmpty() ? record : verified.getLast();
    }

    private Map<String, Value> own(CollectionSchema collection, ProviderUser user, Value.Members createData) {
        var body = new LinkedHashMap<>(createData.members());
        if (isBlank(body, "email") && !user.email().isEmpty()) body.put("email", Value.text(user.email()));
        if (isBlank(body, "password")) {
            Value password = Value.text(password(collection));
            body.put("password", password);
            body.put("passwordConfirm", password);
        }
        return body;
    }

    private static boolean isBlank(Map<String, Value> body, String member) {
        return !(body.getOrDefault(member, Value.NOTHING) instanceof Value.Text text)
                || text.text().isBlank();
    }

    private String password(CollectionSchema collection) {
        int length = collection
                .field("password")
                .map(Field::type)
                .filter(FieldType.Password.class::isInstance)
                .map(FieldType.Password.class::cast)
                .map(OAuth2Registration::suited)
                .orElse(PASSWORD_LENGTH);
        var password = new StringBuilder(length);
        for (int i = 0; i < length; i++) password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return password.toString();
    }

    private static int suited(FieldType.Password type) {
        int most = type.max() > 0 ? Math.min(type.max(), PASSWORD_LENGTH) : PASSWORD_LENGTH;
        return Math.max(most, type.min());
    }

    /// What the provider told, for the fields that the collection names; files are not fetched.
    private static Map<String, Value> mapped(CollectionSchema collection, ProviderUser user, Map<String, Value> body) {
        Value.Members fields = collection.auth().orElseThrow().oauth2().mappedFields();
        var mapped = new LinkedHashMap<String, Value>();
        Map.of("id", user.id(), "name", user.name(), "username", user.username(), "avatarURL", user.avatarUrl())
                .forEach((told, text) -> {
                    String field = fields.get(told) instanceof Value.Text name ? name.text() : "";
                    boolean takesText = collection
                            .field(field)
                            .filter(known -> !(known.type() instanceof FieldType.File))
                            .isPresent();
                    if (takesText && !text.isEmpty() && !body.containsKey(field)) mapped.put(field, Value.text(text));
                });
        return mapped;
    }
}
