package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Map;

/// A record as a body would make it, judged by all that can be judged without the store.
///
/// @param record with an empty password field while its new password waits to be hashed
/// @param submitted the body with its modifiers resolved and what the caller may not send taken out: what
/// `@request.body` is
/// @param newPasswords in plain, by password field: those that the body sets
/// @param idChosen whether the client chose the id
record RecordDraft(
        StoredRecord record,
        Value.Members submitted,
        Map<String, String> newPasswords,
        boolean idChosen,
        List<FieldProblem> problems) {
    RecordDraft {
        newPasswords = Map.copyOf(newPasswords);
        problems = List.copyOf(problems);
    }

    RecordDraft with(Map<String, Value> values) {
        StoredRecord changed = record;
        for (var entry : values.entrySet()) changed = changed.with(entry.getKey(), entry.getValue());
        return new RecordDraft(changed, submitted, newPasswords, idChosen, problems);
    }

    RecordDraft with(List<FieldProblem> otherProblems) {
        return new RecordDraft(record, submitted, newPasswords, idChosen, otherProblems);
    }

    /// Names the record only: a password may be in it.
    @Override
    public String toString() {
        return "RecordDraft[" + record + "]";
    }
}
