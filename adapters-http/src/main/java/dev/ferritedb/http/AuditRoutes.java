package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.audit.AuditAction;
import dev.ferritedb.kernel.schema.DateReading;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.audit.AuditEntry;
import dev.ferritedb.ports.audit.AuditPage;
import dev.ferritedb.ports.audit.AuditQuery;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.DateText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The audit log, for superusers.
final class AuditRoutes {
    private static final int PAGE_BYTES_USUAL = 16 * 1024;

    private final Audit audit;

    AuditRoutes(Kernel kernel) {
        this.audit = kernel.audit();
    }

    void addTo(RouteTable routes) {
        routes.add("GET", "/api/audit", this::list);
    }

    private void list(Exchange exchange) {
        Access.superuser(exchange);
        ListQuery page = ListAnswer.query(exchange);
        AuditPage found = audit.find(exchange.asked(), query(exchange.query(), page));
        JsonBuffer out = ListAnswer.open(JsonBuffer.wire(PAGE_BYTES_USUAL));
        found.entries().forEach(entry -> write(entry, out));
        exchange.answer(ListAnswer.close(out, page.answered(found.total())));
    }

    private static AuditQuery query(Query given, ListQuery page) {
        return new AuditQuery(
                given.text("actor"),
                action(given.text("action")),
                given.text("resource"),
                given.text("from").isEmpty() ? Instant.MIN : date(given, "from"),
                given.text("to").isEmpty() ? Instant.MAX : after(given),
                order(page.sort()),
                !page.skipTotal(),
                page.perPage(),
                page.offset());
    }

    private static String action(String wireName) {
        if (wireName.isEmpty() || AuditAction.of(wireName).isPresent()) return wireName;
        throw wrong("action", "validation_in_invalid", "There is no such action.");
    }

    private static AuditQuery.Order order(String sort) {
        return switch (sort) {
            case "", "-time" -> AuditQuery.Order.NEWEST_FIRST;
            case "time", "+time" -> AuditQuery.Order.OLDEST_FIRST;
            default -> throw wrong("sort", "validation_in_invalid", "Must be time or -time.");
        };
    }

    /// A bare day counts to its end, a moment to the end of its millisecond.
    private static Instant after(Query given) {
        boolean day = given.text("to").strip().length() <= "2026-01-01".length();
        return date(given, "to").plus(1, day ? ChronoUnit.DAYS : ChronoUnit.MILLIS);
    }

    private static Instant date(Query given, String name) {
        return DateReading.read(given.text(name))
                .map(DateText::instant)
                .orElseThrow(() -> wrong(name, "validation_invalid_date", "Must be a date."));
    }

    private static Refusal wrong(String parameter, String code, String message) {
        return Refusal.invalid(
                "invalid_query",
                "Something went wrong while processing your request.",
                FieldProblem.at(parameter, code, message));
    }

    private static void write(AuditEntry entry, JsonBuffer out) {
        out.object().name("time").text(DateText.of(entry.time()));
        out.name("actor").text(entry.actor());
        out.name("action").text(entry.action());
        out.name("resource").text(entry.resource());
        out.name("id").text(entry.id());
        out.name("details").value(entry.details());
        out.name("address").text(entry.address());
        out.name("agent").text(entry.agent());
        out.name("requestId").text(entry.requestId()).endObject();
    }
}
