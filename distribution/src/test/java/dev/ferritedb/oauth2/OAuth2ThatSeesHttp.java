package dev.ferritedb.oauth2;

import dev.ferritedb.http.HttpSettings;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record OAuth2ThatSeesHttp(HttpSettings other) {}
