package dev.ferritedb.cli;

import io.helidon.webserver.WebServer;

/// Breaks a rule of the architecture, so that the rule is seen to bite.
record CommandThatServes(WebServer other) {}
