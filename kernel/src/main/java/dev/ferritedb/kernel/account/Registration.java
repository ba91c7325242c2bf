package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Creates accounts for whoever wants one, as `/api/auth/register` does. Source: our own contract, section 1.
public final class Registration {
    /// What only those may say who manage accounts.
    private static final Set<String> PRIVILEGES = Set.of("role", "verified");

    private static final Pattern MODIFIER = Pattern.compile("^\\+|[+-]$|:.*$");
    private static final String CONFIRMATION = "passwordConfirm";
    private static final String OUR_CONFIRMATION = "password_confirm";

    private final RecordStore store;
    private final AccountChanges changes;
    private final Admission admission;
    private final Sessions sessions;

    Registration(RecordStore store, AccountChanges changes, Admission admission, Sessions sessions) {
        this.store = store;
        this.changes = changes;
        this.admission = admission;
        this.sessions = sessions;
    }

    /// Creates an account and opens its first session. What only managers of accounts may say, its role and whether
    /// it is verified, is left out of what anybody else says. The create rule hears of the context `registration`.
    ///
    /// Refuses as the creation of any record, with `Forbidden` where the collection has no passwords.
    public Sessions.Outcome register(Request request, String collection, Value.Members body) {
        CollectionSchema schema = AuthCollections.find(store.catalog(), collection);
        if (!schema.auth().orElseThrow().passwordAuth().enabled()) {
            throw new Refusal(new Problem.Forbidden(
                    "password_auth_disabled", "The collection is not configured to allow password authentication."));
        }
        StoredRecord created = created(request, schema, body);
        try {
            return switch (admission.admit(request, created, SignInMethod.PASSWORD, "")) {
                case Admission.Outcome.Admitted(StoredRecord admitted) -> sessions.opened(request, admitted);
                case Admission.Outcome.SecondFactorDue _ -> new Sessions.Outcome.Registered(created);
            };
        } catch (Refusal notYet) {
            if (notYet.problem() instanceof Problem.Forbidden) return new Sessions.Outcome.Registered(created);
            throw notYet;
        }
    }

    private StoredRecord created(Request request, CollectionSchema schema, Value.Members body) {
        Value.Members account = confirmed(request.caller().isSuperuser() ? body : withoutPrivileges(body));
        Request registration = request.within(Request.Context.REGISTRATION);
        if (!body.members().containsKey(OUR_CONFIRMATION)) {
            return changes.create(registration, schema.id(), account, (_, _) -> {});
        }
        try {
            return changes.create(registration, schema.id(), account, (_, _) -> {});
        } catch (Refusal refusal) {
            if (!(refusal.problem() instanceof Problem.Invalid invalid)) throw refusal;
            throw new Refusal(renamed(invalid, CONFIRMATION, OUR_CONFIRMATION));
        }
    }

    private static Value.Members withoutPrivileges(Value.Members body) {
        var members = new LinkedHashMap<String, Value>();
        body.members().forEach((key, value) -> {
            if (!PRIVILEGES.contains(MODIFIER.matcher(key).replaceAll(""))) members.put(key, value);
        });
        return new Value.Members(members);
    }

    /// The confirmation is checked when it is there; `password_confirm` is our own spelling.
    private static Value.Members confirmed(Value.Members body) {
        var members = new LinkedHashMap<>(body.members());
        Optional.ofNullable(members.remove(OUR_CONFIRMATION))
                .ifPresent(confirmation -> members.put(CONFIRMATION, confirmation));
        if (members.containsKey("password")) members.putIfAbsent(CONFIRMATION, members.get("password"));
        return new Value.Members(members);
    }

    /// The same problems, of a member that the client calls otherwise.
    static Problem.Invalid renamed(Problem.Invalid invalid, String name, String theirs) {
        List<FieldProblem> fields = invalid.fields().stream()
                .map(field -> {
                    if (!field.path().getFirst().equals(name)) return field;
                    var path = new ArrayList<>(field.path());
                    path.set(0, theirs);
                    return new FieldProblem(path, field.code(), field.message(), field.params());
                })
                .toList();
        return new Problem.Invalid(invalid.code(), invalid.message(), fields);
    }
}
