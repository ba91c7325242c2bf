package dev.ferritedb.http;

/// One thing the server answers.
///
/// @param method in upper case
/// @param template the path with `{name}` for a part that varies; a last `{name...}` takes all that follows
record Route(String method, String template, Action action) {
    @FunctionalInterface
    interface Action {
        /// Answers `exchange`, or throws: a [dev.ferritedb.ports.problem.Refusal] becomes the answer, anything else a
        /// fault.
        void answer(Exchange exchange);
    }
}
