package dev.ferritedb.sqlite;

import dev.ferritedb.ports.problem.PortFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The main class of a process that writes notes, many at a time, and prints each one's id once it is
/// acknowledged. When a write fails, it goes on trying, and says at last whether any of them, or a probe, was
/// taken after that.
final class WritingProcess {
    static final String END = ".";
    static final String FAILED_FOR_GOOD = "failed for good";

    private static final int WRITERS = 8;

    private WritingProcess() {}

    static List<String> command(Path file, String prefix) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WritingProcess.class.getName(),
                file.toString(),
                prefix);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (SqliteRecordStore store = Notes.open(Path.of(arguments[0]))) {
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < WRITERS; i++) {
                String prefix = arguments[1] + "w" + i + "n";
                writers.add(Thread.ofVirtual().start(() -> write(store, prefix)));
            }
            for (Thread writer : writers) writer.join();
            if (refuses(() -> Notes.insert(store, "after")) && refuses(store::probe)) print(FAILED_FOR_GOOD);
        }
    }

    private static void write(SqliteRecordStore store, String prefix) {
        try {
            for (int i = 0; ; i++) {
                Notes.insert(store, prefix + i);
                print(prefix + i);
            }
        } catch (PortFailure failure) {
            System.err.println(failure.getMessage());
        }
    }

    private static boolean refuses(Runnable work) {
        try {
            work.run();
            return false;
        } catch (PortFailure _) {
            return true;
        }
    }

    private static synchronized void print(String text) {
        System.out.println(text + END);
        System.out.flush();
    }
}
