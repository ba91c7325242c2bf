package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;

/// What records may weigh that are gathered for one answer: a page of a thousand, and all that is related to it,
/// can be more than memory holds.
final class Allowance {
    /// About what they take in memory, in bytes.
    static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final int VALUE_BYTES = 48;

    private long left = BYTES_MAX;

    /// Refuses with `Invalid` (`answer_too_large`) what goes beyond.
    void spend(StoredRecord record) {
        int fields = record.collection().fields().size();
        for (int i = 0; i < fields; i++) left -= bytes(record.value(i));
        if (left < 0) {
            throw new Refusal(Problem.Invalid.of(
                    "answer_too_large",
                    "The records and those related to them are too many or too large for one answer."
                            + " Ask for fewer records a page, or expand less."));
        }
    }

    private static long bytes(Value value) {
        return switch (value) {
            case Value.Text(String text) -> VALUE_BYTES + text.length();
            case Value.Json(String encoded) -> VALUE_BYTES + encoded.length();
            case Value.Items items ->
                VALUE_BYTES + items.items().stream().mapToLong(Allowance::bytes).sum();
            case Value.Members members ->
                VALUE_BYTES
                        + members.members().values().stream()
                                .mapToLong(Allowance::bytes)
                                .sum();
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Nothing _ -> VALUE_BYTES;
        };
    }
}
