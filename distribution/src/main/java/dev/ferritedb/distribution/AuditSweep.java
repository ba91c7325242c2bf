package dev.ferritedb.distribution;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.ports.plugin.Extension.Job;
import java.time.Duration;

/// Forgets what the audit log has kept for long enough.
///
/// @param kept how long that is
record AuditSweep(Audit audit, Duration kept) implements Job {
    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        long swept = audit.sweep(kept);
        if (swept > 0) {
            System.getLogger(AuditSweep.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "audit entries older than " + kept.toDays() + " days swept: " + swept);
        }
    }
}
