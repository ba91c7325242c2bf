package dev.ferritedb.kernel.schema;

import java.util.Objects;

/// What a list was asked for, made regular: a page below 1 is 1, a page size below 1 is 30, above 1000 it is 1000.
///
/// @param sort and `filter` as sent, empty when not
/// @param skipTotal whether totals are left out (both -1), which saves counting
public record ListQuery(int page, int perPage, String sort, String filter, boolean skipTotal) {
    public static final int PER_PAGE_DEFAULT = 30;
    public static final int PER_PAGE_MAX = 1000;
    public static final ListQuery FIRST_PAGE = new ListQuery(1, PER_PAGE_DEFAULT, "", "", false);

    public ListQuery {
        page = Math.max(page, 1);
        perPage = perPage < 1 ? PER_PAGE_DEFAULT : Math.min(perPage, PER_PAGE_MAX);
        Objects.requireNonNull(sort);
        Objects.requireNonNull(filter);
    }

    public ListQuery next() {
        return new ListQuery(page + 1, perPage, sort, filter, skipTotal);
    }

    public long offset() {
        return (page - 1L) * perPage;
    }

    /// @param totalItems how many there are in all, -1 when not counted
    public Page answered(long totalItems) {
        long totalPages = totalItems < 0 ? -1 : (totalItems + perPage - 1) / perPage;
        return new Page(page, perPage, totalItems, totalPages);
    }

    /// The envelope of a list. Totals are -1 when not counted.
    public record Page(int page, int perPage, long totalItems, long totalPages) {}
}
