package dev.ferritedb.ports.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps what happened, apart from the records, so that neither slows the other. Every adapter passes
/// `AuditLogContract`. Safe for concurrent use.
public interface AuditLog extends AutoCloseable {
    /// For programs that want no audit log: forgets what it is told.
    AuditLog NONE = new AuditLog() {
        @Override
        public void append(AuditEntry entry) {}

        @Override
        public AuditPage find(AuditQuery query) {
            return new AuditPage(List.of(), query.counted() ? 0 : -1);
        }

        @Override
        public long deleteBefore(Instant time) {
            return 0;
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /// Takes the entry over and returns at once; it never throws. It is on disk soon after, and at the latest when
    /// [#close] returns. An entry that can't be kept is not kept silently: see [#trouble].
    void append(AuditEntry entry);

    /// Finds everything appended before the call. Entries of the same time come in the order they were appended, or
    /// in the reverse one. Throws [dev.ferritedb.ports.problem.PortFailure] when the log can't be read.
    AuditPage find(AuditQuery query);

    /// Forgets what happened before `time`. Throws [dev.ferritedb.ports.problem.PortFailure].
    /// @return how many entries went
    long deleteBefore(Instant time);

    /// Why entries are not being kept at present; empty when all is well. Each beginning of it, and how many
    /// entries were lost, is in the program's log too.
    Optional<String> trouble();

    /// Keeps what was appended, then lets go of the disk. Once closed, what is appended is lost.
    @Override
    void close();
}
