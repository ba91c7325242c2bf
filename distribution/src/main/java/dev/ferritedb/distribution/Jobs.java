package dev.ferritedb.distribution;

import dev.ferritedb.ports.plugin.Extension.Job;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs our own jobs and those of plug-ins, each as often as it says, counted from the end of its last run. One
/// at a time: a slow job delays the others and never the requests.
final class Jobs implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService thread;

    Jobs(List<Job> jobs) {
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("jobs").factory());
        for (Job job : jobs) {
            long every = Math.max(1, job.every().toMillis());
            thread.scheduleWithFixedDelay(() -> run(job), every, every, TimeUnit.MILLISECONDS);
        }
    }

    private static void run(Job job) {
        try {
            job.run();
        } catch (Exception failure) {
            System.getLogger(Jobs.class.getName()).log(System.Logger.Level.ERROR, "a job failed", failure);
        }
    }

    /// Lets the job under way end for a few seconds.
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean _ = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
