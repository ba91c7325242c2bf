package dev.ferritedb.identity;

import dev.ferritedb.sqlite.SqliteSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record IdentityThatSeesSqlite(SqliteSettings other) {}
