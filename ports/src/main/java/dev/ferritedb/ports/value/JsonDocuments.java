package dev.ferritedb.ports.value;

/// Turns values into JSON text and back. The kernel and the store hold no JSON parser of their own.
public interface JsonDocuments {
    /// @return the document with the shortest spelling: no blanks, members in their order
    Value.Json encode(Value value);

    /// @throws IllegalArgumentException when `encoded` is not one JSON document within the limits (depth 64)
    Value decode(String encoded);
}
