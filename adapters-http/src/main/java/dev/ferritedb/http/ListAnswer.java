package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.record.CursorPage;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;

/// What lists have in common: the parameters, and the page round the items. Source: the wire contract, section 4.2.
final class ListAnswer {
    private ListAnswer() {}

    static ListQuery query(Exchange exchange) {
        Query query = exchange.query();
        return new ListQuery(
                query.whole("page").orElse(1),
                query.whole("perPage").orElse(ListQuery.PER_PAGE_DEFAULT),
                query.text("sort"),
                query.text("filter"),
                query.truth("skipTotal"));
    }

    /// With a cursor there is no page number, and totals are counted only when asked for.
    static ListQuery cursorQuery(Exchange exchange) {
        if (exchange.query().has("page")) {
            String message = "A list with a cursor has no page.";
            throw Refusal.invalid(
                    "invalid_cursor", message, FieldProblem.at("cursor", "validation_invalid_cursor", message));
        }
        ListQuery query = query(exchange);
        boolean counted = exchange.query().has("skipTotal") && !query.skipTotal();
        return new ListQuery(1, query.perPage(), query.sort(), query.filter(), !counted);
    }

    static JsonBuffer open(JsonBuffer out) {
        return out.object().name("items").array();
    }

    static JsonBuffer close(JsonBuffer out, CursorPage page) {
        out.endArray().name("nextCursor");
        page.nextCursor().ifPresentOrElse(out::text, out::nothing);
        return envelope(out, page.page());
    }

    static JsonBuffer close(JsonBuffer out, ListQuery.Page page) {
        return envelope(out.endArray(), page);
    }

    private static JsonBuffer envelope(JsonBuffer out, ListQuery.Page page) {
        return out.name("page")
                .number(page.page())
                .name("perPage")
                .number(page.perPage())
                .name("totalItems")
                .number(page.totalItems())
                .name("totalPages")
                .number(page.totalPages())
                .endObject();
    }
}
