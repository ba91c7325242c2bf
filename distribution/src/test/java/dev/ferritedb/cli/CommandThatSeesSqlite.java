package dev.ferritedb.cli;

import dev.ferritedb.sqlite.SqliteSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record CommandThatSeesSqlite(SqliteSettings other) {}
