package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditDetails;
import dev.ferritedb.kernel.identity.Origin;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.persistence.RecordReads;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Proves accounts by what they are called and their password. Source: the wire contract, section 8.3.
final class PasswordFactor {
    private static final int IDENTITY_MAX = 256;

    private final RecordStore store;
    private final PasswordHasher passwords;
    private final SignInThrottle throttle;
    private final Audit audit;

    PasswordFactor(RecordStore store, PasswordHasher passwords, SignInThrottle throttle, Audit audit) {
        this.store = store;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    /// `body` holds `identity`, `password` and, if wanted, `identityField`.
    ///
    /// Refuses with `Invalid`: `invalid_input` with fields, or `invalid_credentials`, the same answer and time
    /// for an unknown account and a wrong password; with `Forbidden` (`password_auth_disabled`); with `RateLimited`
    /// (`too_many_attempts`).
    StoredRecord proven(Request request, CollectionSchema collection, Value.Members body) {
        AuthOptions.PasswordAuth options = collection.auth().orElseThrow().passwordAuth();
        if (!options.enabled()) {
            throw new Refusal(new Problem.Forbidden(
                    "password_auth_disabled", "The collection is not configured to allow password authentication."));
        }
        Credentials credentials = Credentials.read(body, options.identityFields(), passwordMax(collection));
        Optional<StoredRecord> account =
                store.read(reads -> account(reads, collection, credentials.identity, credentials.identityFields));
        String hash = account.map(found -> found.text("password")).orElse("");
        Origin origin = request.origin();
        try (var attempt = throttle.attempt(request, collection, credentials.identity, () -> knows(account, origin))) {
            if (!passwords.verify(credentials.password, hash)) {
                attempt.failed();
                audit.noteFailure(
                        request,
                        collection,
                        account.map(StoredRecord::id).orElse(""),
                        AuditDetails.of("method", "password", "identity", credentials.identity));
                throw new Refusal(Problem.Invalid.of("invalid_credentials", "Failed to authenticate."));
            }
        }
        throttle.succeeded(origin, collection, credentials.identity);
        return account.orElseThrow();
    }

    /// Whatever one may choose, one may sign in with.
    private static int passwordMax(CollectionSchema collection) {
        return collection.field("password").orElseThrow().type() instanceof FieldType.Password password
                ? Math.max(password.max(), FieldType.Password.MAX_DEFAULT)
                : FieldType.Password.MAX_DEFAULT;
    }

    private boolean knows(Optional<StoredRecord> account, Origin origin) {
        return account.filter(found -> store.read(reads -> KnownPlaces.knows(found, origin, reads)))
                .isPresent();
    }

    /// The account that `identity` names in the first of `fields` that knows it.
    static Optional<StoredRecord> account(
            RecordReads reads, CollectionSchema collection, String identity, List<String> fields) {
        return fields.stream()
                .map(field -> byField(reads, collection, field, identity))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<StoredRecord> byField(
            RecordReads reads, CollectionSchema collection, String field, String value) {
        if (value.isEmpty()) return Optional.empty();
        return collection.field(field).flatMap(identity -> reads.findBy(collection, identity, value));
    }

    private record Credentials(String identity, String password, List<String> identityFields) {
        static Credentials read(Value.Members body, List<String> allowedFields, int passwordMax) {
            var problems = new ArrayList<FieldProblem>();
            String identity = text(body, "identity", IDENTITY_MAX, problems);
            String password = text(body, "password", passwordMax, problems);
            String field = body.get("identityField") instanceof Value.Text text ? text.text() : "";
            if (!field.isEmpty() && !allowedFields.contains(field)) {
                problems.add(FieldProblem.at("identityField", "validation_in_invalid", "Must be a valid value."));
            }
            if (!problems.isEmpty()) throw Submission.refusal(problems);
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

        private static String text(Value.Members body, String name, int max, List<FieldProblem> problems) {
            String text = body.get(name) instanceof Value.Text given ? given.text() : "";
            if (text.isEmpty()) {
                problems.add(FieldProblem.required(name));
            } else if (text.length() > max * 2L || text.codePointCount(0, text.length()) > max) {
                problems.add(FieldProblem.at(
                        name,
                        "validation_length_out_of_range",
                        "The length must be between 1 and " + max + ".",
                        Map.of("min", 1, "max", max)));
            }
            return text;
        }

        @Override
        public String toString() {
            return "Credentials[]";
        }
    }
}
