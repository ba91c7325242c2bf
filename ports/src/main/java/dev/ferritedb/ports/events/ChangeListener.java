package dev.ferritedb.ports.events;

import java.util.List;

/// Hears of committed changes. Called in commit order, on the writer's thread: it must hand over and return at
/// once.
@FunctionalInterface
public interface ChangeListener {
    /// @param changes those of one commit, in sequence order; never empty
    void committed(List<RecordChange> changes);
}
