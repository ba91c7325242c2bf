package dev.ferritedb.kernel.identity;

import dev.ferritedb.kernel.rule.CompiledRule;
import dev.ferritedb.kernel.rule.RequestGivens;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.rule.RuleEvaluator;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.query.Givens;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.JsonDocuments;
import dev.ferritedb.ports.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs accounts in. An unknown collection, or one that is no auth collection, is `NotFound`.
public final class SignIn {
    private static final int INPUT_MAX = 256;

    private final RecordStore store;
    private final RuleBooks rules;
    private final RuleEvaluator evaluator;
    private final PasswordHasher passwords;
    private final TokenCodec tokens;
    private final JsonDocuments json;
    private final InstantSource clock;

    public SignIn(
            RecordStore store,
            RuleBooks rules,
            PasswordHasher passwords,
            TokenCodec tokens,
            JsonDocuments json,
            InstantSource clock) {
        this.store = store;
        this.rules = rules;
        this.evaluator = new RuleEvaluator(json);
        this.passwords = passwords;
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
    }

    /// `token` is an auth token of the account's collection.
    public record SignedIn(String token, StoredRecord account) {
        @Override
        public String toString() {
            return "SignedIn[" + account + "]";
        }
    }

    /// The auth collection by that name or id. Refuses with `NotFound` (`auth_collection_not_found`).
    public CollectionSchema collection(String nameOrId) {
        return collection(store.catalog(), nameOrId);
    }

    private static CollectionSchema collection(CollectionCatalog catalog, String nameOrId) {
        return catalog.find(nameOrId)
                .filter(found -> found.auth().isPresent())
                .orElseThrow(() -> new Refusal(new Problem.NotFound(
                        "auth_collection_not_found", "Missing or invalid auth collection context.")));
    }

    /// `body` holds `identity`, `password` and, if wanted, `identityField`.
    ///
    /// Refuses with `Invalid`: `invalid_input` with fields, or `invalid_credentials`, the same answer and time
    /// for an unknown account and a wrong password; with `Forbidden` (`password_auth_disabled`,
    /// `auth_rule_refused`).
    public SignedIn withPassword(Request request, String collection, Value.Members body) {
        CollectionSchema schema = collection(collection);
        AuthOptions options = schema.auth().orElseThrow();
        if (!options.passwordAuth().enabled()) {
            throw new Refusal(new Problem.Forbidden(
                    "password_auth_disabled", "The collection is not configured to allow password authentication."));
        }
        Credentials credentials = Credentials.read(body, options.passwordAuth().identityFields());
        Optional<StoredRecord> account = store.read(reads -> account(reads, schema, credentials));
        String hash = account.map(found -> found.text("password")).orElse("");
        if (!passwords.verify(credentials.password, hash)) {
            throw new Refusal(Problem.Invalid.of("invalid_credentials", "Failed to authenticate."));
        }
        StoredRecord found = account.orElseThrow();
        demandAuthRule(request.within(Request.Context.PASSWORD), found);
        return signedIn(found);
    }

    private record Credentials(String identity, String password, List<String> identityFields) {
        static Credentials read(Value.Members body, List<String> allowedFields) {
            var problems = new ArrayList<FieldProblem>();
            String identity = text(body, "identity", problems);
            String password = text(body, "password", problems);
            String field = body.get("identityField") instanceof Value.Text text ? text.text() : "";
            if (!field.isEmpty() && !allowedFields.contains(field)) {
                problems.add(FieldProblem.at("identityField", "validation_in_invalid", "Must be a valid value."));
            }
            if (!problems.isEmpty()) {
                throw new Refusal(new Problem.Invalid(
                        "invalid_input", "An error occurred while validating the submitted data.", problems));
            }
            return new Credentials(
                    identity, password, field.isEmpty() ? tried(identity, allowedFields) : List.of(field));
        }

        /// What looks like an e-mail is looked for there first.
        private static List<String> tried(String identity, List<String> allowedFields) {
            if (!identity.contains("@") || !allowedFields.contains("email")) return allowedFields;
            var fields = new ArrayList<>(List.of("email"));
            allowedFields.stream().filter(field -> !field.equals("email")).forEach(fields::add);
            return fields;
        }

        private static String text(Value.Members body, String name, List<FieldProblem> problems) {
            String text = body.get(name) instanceof Value.Text given ? given.text() : "";
            if (text.isEmpty()) {
                problems.add(FieldProblem.required(name));
            } else if (text.length() > INPUT_MAX * 2 || text.codePointCount(0, text.length()) > INPUT_MAX) {
                problems.add(FieldProblem.at(
                        name,
                        "validation_length_out_of_range",
                        "The length must be between 1 and " + INPUT_MAX + ".",
                        Map.of("min", 1, "max", INPUT_MAX)));
            }
            return text;
        }

        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    private static Optional<StoredRecord> account(
            RecordReads reads, CollectionSchema collection, Credentials credentials) {
        return credentials.identityFields.stream()
                .map(field -> byField(reads, collection, field, credentials.identity))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<StoredRecord> byField(
            RecordReads reads, CollectionSchema collection, String field, String value) {
        if (value.isEmpty()) return Optional.empty();
        return collection.field(field).flatMap(identity -> reads.findBy(collection, identity, value));
    }

    private void demandAuthRule(Request request, StoredRecord account) {
        boolean allowed = store.read(reads -> {
            CollectionSchema current =
                    reads.catalog().byId(account.collection().id()).orElse(account.collection());
            CompiledRule rule = rules.of(current, reads.catalog()).auth();
            Givens givens = RequestGivens.at(clock.instant(), json)
                    .request(request.method(), request.context().wireName(), request.query(), request.headers())
                    .caller(account)
                    .build();
            return evaluator.matches(rule.condition(), account, givens, reads);
        });
        if (!allowed) {
            throw new Refusal(new Problem.Forbidden(
                    "auth_rule_refused", "The request doesn't satisfy the collection requirements to authenticate."));
        }
    }

    private SignedIn signedIn(StoredRecord account) {
        long seconds = TokenKeys.options(account, TokenKind.AUTH).durationSeconds();
        return new SignedIn(token(account, Duration.ofSeconds(seconds), true), account);
    }

    private String token(StoredRecord account, Duration lifetime, boolean refreshable) {
        var claims = new TokenClaims(
                TokenKind.AUTH,
                account.id(),
                account.collection().id(),
                clock.instant().plus(lifetime),
                Map.of("refreshable", Value.truth(refreshable)));
        return tokens.sign(claims, TokenKeys.of(account, TokenKind.AUTH));
    }

    /// Gives the caller of `request` a new token, or the same one when it can't be refreshed. Refuses with
    /// `Unauthenticated`, or `Forbidden` for another collection's token.
    ///
    /// @param token the token the request came with
    public SignedIn refresh(Request request, String collection, String token) {
        CollectionSchema schema = store.catalog()
                .find(collection)
                .orElseThrow(() -> new Refusal(Problem.NotFound.collection(collection)));
        StoredRecord account =
                request.caller().signedIn().orElseThrow(() -> new Refusal(Problem.Unauthenticated.missing()));
        if (!account.collection().id().equals(schema.id())) {
            throw new Refusal(
                    new Problem.Forbidden("other_collection", "You are not allowed to perform this request."));
        }
        demandAuthRule(request, account);
        boolean refreshable = tokens.peek(token)
                .filter(claims -> Value.Truth.TRUE.equals(claims.more().get("refreshable")))
                .isPresent();
        return refreshable ? signedIn(account) : new SignedIn(token, account);
    }

    /// A token for the account, that can't be refreshed. For the operator. Refuses with `NotFound`
    /// (`record_not_found`).
    ///
    /// @param account a record id, or a value of an identity field
    /// @param lifetime how long it is good for; zero stands for the collection's own duration
    public String tokenFor(String collection, String account, Duration lifetime) {
        StoredRecord found = store.read(reads -> {
            CollectionSchema schema = collection(reads.catalog(), collection);
            List<String> fields = schema.auth().orElseThrow().passwordAuth().identityFields();
            return reads.find(schema, account)
                    .or(() -> account(reads, schema, new Credentials(account, "", fields)))
                    .orElseThrow(() -> new Refusal(Problem.NotFound.record()));
        });
        Duration own =
                Duration.ofSeconds(TokenKeys.options(found, TokenKind.AUTH).durationSeconds());
        return token(found, lifetime.isZero() ? own : lifetime, false);
    }
}
