package dev.ferritedb.ports.query;

import dev.ferritedb.ports.value.Value;

/// What one request knows: who asks, what was sent, what time it is.
@FunctionalInterface
public interface Givens {
    Givens NONE = given -> Value.NOTHING;

    /// @return [Value.Nothing] for what the request does not have; a list or document as its JSON text; the same
    /// answer each time within one request
    Value valueOf(Operand.Given given);
}
