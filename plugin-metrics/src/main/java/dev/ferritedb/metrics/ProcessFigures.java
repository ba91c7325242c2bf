package dev.ferritedb.metrics;

import java.time.Instant;

/// What the process itself says, read when it is asked for.
final class ProcessFigures {
    private static final Instant STARTED =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    private ProcessFigures() {}

    static String text() {
        Runtime runtime = Runtime.getRuntime();
        return gauge("process_start_time_seconds", "When the process started, in Unix time.", STARTED.getEpochSecond())
                + gauge("jvm_memory_heap_used_bytes", "Heap in use.", runtime.totalMemory() - runtime.freeMemory())
                + gauge("jvm_memory_heap_committed_bytes", "Heap reserved.", runtime.totalMemory())
                + gauge("jvm_memory_heap_max_bytes", "What the heap may grow to.", runtime.maxMemory());
    }

    private static String gauge(String name, String help, long value) {
        return "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + name + " " + value + "\n";
    }
}
