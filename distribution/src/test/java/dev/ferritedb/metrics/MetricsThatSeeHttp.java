package dev.ferritedb.metrics;

import dev.ferritedb.http.HttpSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record MetricsThatSeeHttp(HttpSettings other) {}
