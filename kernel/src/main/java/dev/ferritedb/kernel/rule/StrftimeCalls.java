package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Operand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Formats and modifiers of `strftime` that were met, taken apart once and not for each record. Safe for concurrent
/// use.
final class StrftimeCalls {
    private static final int KEPT_MAX = 200;

    private final Map<Literals, Strftime> kept = new ConcurrentHashMap<>();

    private record Literals(Operand format, List<Operand> modifiers) {}

    /// @param arguments of a call that was checked
    Strftime of(List<Operand> arguments) {
        Operand format = arguments.getFirst();
        List<Operand> modifiers = arguments.subList(2, arguments.size());
        Strftime known = kept.get(new Literals(format, modifiers));
        if (known != null) return known;
        Strftime made = FunctionCalls.strftime(format, modifiers);
        if (kept.size() < KEPT_MAX) kept.put(new Literals(format, List.copyOf(modifiers)), made);
        return made;
    }
}
