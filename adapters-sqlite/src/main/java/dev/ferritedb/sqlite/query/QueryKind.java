package dev.ferritedb.sqlite.query;

enum QueryKind {
    SELECT,
    SELECT_BY_ID,
    SELECT_AMONG,
    /// Without an order, and with the values of its keys: [Keyset] does the rest.
    WALK,
    COUNT,
    /// One row if a record that is bound, and need not be stored, satisfies the condition.
    SATISFIES
}
