package dev.ferritedb.kernel.record;

/// What must be true of a stored record, as its caller sees it, for a change to happen. It is asked inside the
/// change's transaction, once the rules have let the caller in.
@FunctionalInterface
public interface Precondition {
    Precondition NONE = _ -> true;

    boolean holds(RecordReply current);
}
