package dev.ferritedb.distribution.configuration;

import java.util.List;

/// A value as it was set, and where. A file says of which kind its values are; flags and the environment hold text
/// alone.
record Given(Form form, String origin) {

    sealed interface Form {}

    record Text(String text) implements Form {}

    record Whole(String digits) implements Form {}

    record Truth(boolean value) implements Form {}

    record Many(List<String> items) implements Form {
        Many {
            items = List.copyOf(items);
        }
    }

    /// Text whose kind is what the reader makes of it.
    record Untyped(String text) implements Form {}

    /// A kind that no setting is of: a fraction, a date, a list of something else than text.
    record Odd(String description) implements Form {}
}
