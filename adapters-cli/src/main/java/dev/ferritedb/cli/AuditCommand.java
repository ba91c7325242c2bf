package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.schema.DateReading;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.record.DateText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Shows who did what.",
        footer = {"  ferritedb audit list", "  ferritedb audit list --action authentication_failure --since 24h"})
final class AuditCommand {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

    private final CommandContext context;

    AuditCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "list",
            description = "Lists what was done, the newest first.",
            footer = {
                "  ferritedb audit list --limit 20",
                "  ferritedb audit list --actor operator --since 2026-01-31",
                "  ferritedb audit list --action password_change --json"
            })
    int list(
            @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as login.")
                    Optional<String> action,
            @Option(
                            names = "--actor",
                            paramLabel = "ACTOR",
                            description = "Only by guest, operator, or an account: its id, or collection/id.")
                    Optional<String> actor,
            @Option(names = "--resource", paramLabel = "NAME", description = "Only on this collection or other thing.")
                    Optional<String> resource,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "Not before: a date, or so long ago, such as 30m, 24h, 7d.")
                    Optional<String> since,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "Answer with a JSON array.") boolean json) {
        if (limit < 1) throw CommandFailure.usage("--limit must be 1 or more");
        AuditQuery query = AuditQuery.NEWEST
                .uncounted()
                .of(action.map(AuditCommand::known).orElse(""))
                .by(actor.orElse(""))
                .on(resource.orElse(""))
                .between(since.map(AuditCommand::moment).orElse(Instant.MIN), Instant.MAX);
        try (Workspace workspace = context.openWorkspace()) {
            List<AuditEntry> entries = newest(workspace, query, limit);
            if (json) Documents.print(context.terminal().out(), buffer -> documents(buffer, entries));
            else table(entries).printTo(context.terminal().out());
            return ExitCode.DONE;
        }
    }

    private static String known(String action) {
        if (AuditAction.of(action).isPresent()) return action;
        List<String> known =
                Arrays.stream(AuditAction.values()).map(AuditAction::wireName).toList();
        String hint = Suggestion.nearest(action, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("known are " + String.join(", ", known));
        throw CommandFailure.usage("there is no action '" + Table.printable(action) + "'; " + hint);
    }

    private static Instant moment(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) return InstantSource.system().instant().minus(duration(ago));
        return DateReading.read(text)
                .map(DateText::instant)
                .orElseThrow(() -> CommandFailure.usage("--since must be a date, or so long ago, such as 24h or 7d"));
    }

    private static Duration duration(Matcher ago) {
        long amount = Long.parseLong(ago.group(1));
        return switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static List<AuditEntry> newest(Workspace workspace, AuditQuery query, int limit) {
        var entries = new ArrayList<AuditEntry>();
        boolean more = true;
        while (more && entries.size() < limit) {
            int size = Math.min(AuditQuery.LIMIT_MAX, limit - entries.size());
            List<AuditEntry> page = workspace
                    .kernel()
                    .audit()
                    .find(Request.ofOperator(), query.page(size, entries.size()))
                    .entries();
            entries.addAll(page);
            more = page.size() == size;
        }
        return entries;
    }

    private static Table table(List<AuditEntry> entries) {
        var table = new Table("TIME", "ACTOR", "ACTION", "RESOURCE", "ID", "ADDRESS", "DETAILS");
        for (AuditEntry entry : entries) {
            table.row(
                    DateText.of(entry.time()),
                    entry.actor(),
                    entry.action(),
                    entry.resource(),
                    entry.id(),
                    entry.address(),
                    entry.details().members().isEmpty() ? "" : Json.write(entry.details()));
        }
        return table;
    }

    private static void documents(JsonBuffer buffer, List<AuditEntry> entries) {
        buffer.array();
        for (AuditEntry entry : entries) {
            buffer.object().name("time").text(DateText.of(entry.time()));
            buffer.name("actor").text(entry.actor());
            buffer.name("action").text(entry.action());
            buffer.name("resource").text(entry.resource());
            buffer.name("id").text(entry.id());
            buffer.name("details").value(entry.details());
            buffer.name("address").text(entry.address());
            buffer.name("agent").text(entry.agent());
            buffer.name("requestId").text(entry.requestId()).endObject();
        }
        buffer.endArray();
    }
}
