package dev.ferritedb.kernel.record;

import dev.ferritedb.kernel.schema.ListQuery;
import java.util.Optional;

/// What is said of a page of a walk.
///
/// @param nextCursor leads to the page behind; empty when this is the last one
public record CursorPage(ListQuery.Page page, Optional<String> nextCursor) {}
