package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What holds for records of auth collections beyond their fields: passwords are confirmed, an account's e-mail
/// and its verification are not changed in passing, and a change of either credential ends all sessions. Source:
/// the wire contract, sections 4.4 and 4.5.
final class AccountRules {
    private final RecordDrafting drafting;

    AccountRules(RecordDrafting drafting) {
        this.drafting = drafting;
    }

    /// How much the caller may do to an account.
    enum Level {
        ORDINARY,
        MANAGER,
        SUPERUSER,
        OPERATOR;

        static Level of(Caller caller, boolean manager) {
            return switch (caller) {
                case Caller.Guest _ -> ORDINARY;
                case Caller.Member _ -> manager ? MANAGER : ORDINARY;
                case Caller.Superuser _ -> SUPERUSER;
                case Caller.Operator _ -> OPERATOR;
            };
        }
    }

    /// @return the draft with the account's own problems in place of the fields' when there are any
    RecordDraft create(RecordDraft draft, Level level) {
        var problems = new ArrayList<FieldProblem>();
        boolean password = draft.newPasswords().containsKey("password");
        if (!password && level != Level.OPERATOR) problems.add(FieldProblem.required("password"));
        if (password || level != Level.OPERATOR) confirmed(draft, level, problems);
        if (level == Level.ORDINARY && draft.record().truth("verified")) problems.add(mismatch("verified"));
        return judged(draft.with(alwaysVerified(draft.record().collection())), withoutPassword(draft, level), problems);
    }

    RecordDraft update(StoredRecord before, RecordDraft draft, Level level, PasswordWork passwords) {
        var problems = new ArrayList<FieldProblem>();
        boolean newPassword = draft.newPasswords().containsKey("password");
        boolean newEmail = !before.value("email").equals(draft.record().value("email"));
        if (newPassword) confirmed(draft, level, problems);
        if (level == Level.ORDINARY) {
            if (newEmail) problems.add(mismatch("email"));
            if (!before.value("verified").equals(draft.record().value("verified"))) problems.add(mismatch("verified"));
            if (newPassword) oldPassword(before, draft, passwords, problems);
        }
        RecordDraft whole = newPassword || newEmail ? draft.with(freshTokenKey(before, draft)) : draft;
        return judged(whole.with(alwaysVerified(before.collection())), draft.problems(), problems);
    }

    /// A fresh token key where the password or the e-mail is another: nothing signed in before is good any more.
    RecordDraft renewed(StoredRecord before, RecordDraft draft) {
        boolean same = before.value("password").equals(draft.record().value("password"))
                && before.value("email").equals(draft.record().value("email"));
        return same ? draft : draft.with(freshTokenKey(before, draft));
    }

    RecordDraft signedOut(StoredRecord before, RecordDraft draft) {
        return draft.with(freshTokenKey(before, draft));
    }

    private static RecordDraft judged(RecordDraft draft, List<FieldProblem> ofFields, List<FieldProblem> ofAccount) {
        return draft.with(ofAccount.isEmpty() ? ofFields : ofAccount);
    }

    /// The operator may bring accounts in without a password: nobody signs in with one until it is set.
    private static List<FieldProblem> withoutPassword(RecordDraft draft, Level level) {
        boolean brought = level == Level.OPERATOR && !draft.newPasswords().containsKey("password");
        if (!brought) return draft.problems();
        return draft.problems().stream()
                .filter(problem -> !problem.equals(FieldProblem.required("password")))
                .toList();
    }

    private static void confirmed(RecordDraft draft, Level level, List<FieldProblem> problems) {
        Value confirmation = draft.submitted().get("passwordConfirm");
        boolean given = confirmation instanceof Value.Text text && !text.text().isEmpty();
        if (!given) {
            if (level != Level.OPERATOR) problems.add(FieldProblem.required("passwordConfirm"));
        } else if (!confirmation.equals(Value.text(draft.newPasswords().getOrDefault("password", "")))) {
            problems.add(mismatch("passwordConfirm"));
        }
    }

    private static void oldPassword(
            StoredRecord before, RecordDraft draft, PasswordWork passwords, List<FieldProblem> problems) {
        if (!(draft.submitted().get("oldPassword") instanceof Value.Text old)
                || old.text().isEmpty()) {
            problems.add(FieldProblem.required("oldPassword"));
        } else if (!passwords.verify(old.text(), before.text("password"))) {
            problems.add(FieldProblem.at(
                    "oldPassword", "validation_invalid_old_password", "Missing or invalid old password."));
        }
    }

    private Map<String, Value> freshTokenKey(StoredRecord before, RecordDraft draft) {
        boolean chosen = !before.value("tokenKey").equals(draft.record().value("tokenKey"));
        return chosen ? Map.of() : tokenKey(before.collection());
    }

    private Map<String, Value> tokenKey(CollectionSchema collection) {
        return collection
                .field("tokenKey")
                .map(Field::type)
                .filter(FieldType.Text.class::isInstance)
                .map(type -> Map.of("tokenKey", drafting.generated((FieldType.Text) type)))
                .orElse(Map.of());
    }

    private static Map<String, Value> alwaysVerified(CollectionSchema collection) {
        var values = new LinkedHashMap<String, Value>();
        if (collection.name().equals(Caller.SUPERUSERS)) values.put("verified", Value.Truth.TRUE);
        return values;
    }

    private static FieldProblem mismatch(String field) {
        return FieldProblem.at(field, "validation_values_mismatch", "Values don't match.");
    }
}
