package dev.ferritedb.http;

import dev.ferritedb.sqlite.SqliteSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record HttpThatSeesSqlite(SqliteSettings other) {}
