package dev.ferritedb.kernel.record;

import dev.ferritedb.ports.events.RecordChange;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.plugin.RecordHook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Tells hooks of committed changes, in commit order, on a thread of its own. When hooks fall more than the
/// queue's length behind, commits wait for them: nothing is left out. A hook that throws is logged and the next
/// one is told.
public final class HookDispatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HookDispatch.class.getName());
    private static final int COMMITS_QUEUED_MAX = 1024;

    private final List<RecordHook> hooks;
    private final BlockingQueue<List<RecordChange>> queue = new ArrayBlockingQueue<>(COMMITS_QUEUED_MAX);
    private final Thread thread = Thread.ofVirtual().name("record-hooks").unstarted(this::run);

    public HookDispatch(List<RecordHook> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    /// Without hooks nothing is started.
    public void listenTo(RecordStore store) {
        if (hooks.isEmpty()) return;
        thread.start();
        store.onCommit(this::enqueue);
    }

    private void enqueue(List<RecordChange> changes) {
        try {
            queue.put(changes);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, "hooks were not told of {0} changes: the server is stopping", changes.size());
        }
    }

    private void run() {
        try {
            while (true) {
                List<RecordChange> changes = queue.take();
                if (changes.isEmpty()) return;
                changes.forEach(this::tell);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(RecordChange change) {
        for (RecordHook hook : hooks) {
            try {
                hook.after(change);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                LOG.log(Level.ERROR, "a hook failed after change " + change.sequence(), e);
            }
        }
    }

    /// Waits until what was committed before is told.
    @Override
    public void close() {
        if (!thread.isAlive()) return;
        try {
            queue.put(List.of());
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
