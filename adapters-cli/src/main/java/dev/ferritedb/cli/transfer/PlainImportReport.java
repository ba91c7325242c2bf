package dev.ferritedb.cli.transfer;

import dev.ferritedb.cli.terminal.Progress;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.cli.transfer.RowOutcome.Done;
import dev.ferritedb.cli.transfer.RowOutcome.Failed;
import dev.ferritedb.cli.transfer.RowOutcome.Reason;

/// For people: a line for each row that was not simply created, and a summary.
public final class PlainImportReport implements ImportReport {
    private final String collection;
    private final Progress progress;

    public PlainImportReport(String collection, Progress progress) {
        this.collection = collection;
        this.progress = progress;
    }

    @Override
    public void row(RowOutcome outcome) {
        switch (outcome.result()) {
            case Done.CREATED -> {}
            case Done.UPDATED -> say(outcome, "updated");
            case Done.UNCHANGED -> say(outcome, "unchanged");
            case Done.SKIPPED -> say(outcome, "skipped, a record of that id is there (--update changes it)");
            case Failed failed -> {
                for (Reason reason : failed.reasons()) say(outcome, "failed, " + text(reason));
            }
        }
    }

    private void say(RowOutcome outcome, String what) {
        String id = outcome.id().isEmpty() ? "" : ", id " + Table.printable(outcome.id());
        progress.say("row " + outcome.row() + " (line " + outcome.line() + id + "): " + what);
    }

    private static String text(Reason reason) {
        String message = Table.printable(reason.message());
        return (reason.field().isEmpty() ? message : Table.printable(reason.field()) + ": " + message) + " ["
                + reason.code() + "]";
    }

    @Override
    public void warning(String message) {
        progress.say("warning: " + Table.printable(message));
    }

    @Override
    public void end(Totals totals) {
        if (totals.missingRelations() > 0) {
            progress.say(
                    totals.missingRelations()
                            + " rows point at records that are not there. If these come later in the same file, import it again.");
        }
        if (totals.interrupted())
            progress.say("interrupted: what follows counts the rows before that, all of them kept");
        progress.say(collection + ": created " + totals.created() + ", updated " + totals.updated() + ", skipped "
                + totals.skipped() + ", failed " + totals.failed());
    }
}
