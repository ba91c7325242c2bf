package dev.ferritedb.cli.transfer;

/// Hears of an import row by row.
public interface ImportReport {
    void row(RowOutcome outcome);

    /// Something is odd and nothing is lost.
    void warning(String message);

    void end(Totals totals);

    /// @param skipped how many were there already, and stay as they were
    /// @param interrupted whether the rest of the file was not looked at because the user said stop
    /// @param missingRelations how many rows failed because what they point at is not there
    record Totals(long created, long updated, long skipped, long failed, long missingRelations, boolean interrupted) {}
}
