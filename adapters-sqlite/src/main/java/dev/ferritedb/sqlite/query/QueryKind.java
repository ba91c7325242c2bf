package dev.ferritedb.sqlite.query;

enum QueryKind {
    SELECT,
    SELECT_BY_ID,
    SELECT_AMONG,
    COUNT
}
