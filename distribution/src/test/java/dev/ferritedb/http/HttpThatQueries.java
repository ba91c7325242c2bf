package dev.ferritedb.http;

import java.sql.Connection;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record HttpThatQueries(Connection other) {}
