package dev.ferritedb.ports.schema;

import java.util.Objects;

/// What a collection is: plain records, accounts that sign in, or the rows of a query.
public sealed interface CollectionKind {
    record Base() implements CollectionKind {}

    record Auth(AuthOptions options) implements CollectionKind {
        public Auth {
            Objects.requireNonNull(options);
        }
    }

    /// `query` is one SELECT that yields a column `id`.
    record View(String query) implements CollectionKind {
        public View {
            Objects.requireNonNull(query);
        }
    }

    default String wireName() {
        return switch (this) {
            case Base _ -> "base";
            case Auth _ -> "auth";
            case View _ -> "view";
        };
    }
}
