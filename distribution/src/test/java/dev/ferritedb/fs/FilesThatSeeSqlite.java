package dev.ferritedb.fs;

import dev.ferritedb.sqlite.SqliteSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record FilesThatSeeSqlite(SqliteSettings other) {}
