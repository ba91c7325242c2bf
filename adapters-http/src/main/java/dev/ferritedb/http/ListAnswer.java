package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.schema.ListQuery;

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

    static JsonBuffer open(JsonBuffer out) {
        return out.object().name("items").array();
    }

    static JsonBuffer close(JsonBuffer out, ListQuery.Page page) {
        return out.endArray()
                .name("page")
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
