package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentWritesTest {
    private static final int WRITERS = 100;

    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("""
                {'name':'counters','fields':[{'name':'name','type':'text'},{'name':'n','type':'number'}],
                 'indexes':['CREATE UNIQUE INDEX idx_counters ON counters (name)']}""");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static void inParallel(Runnable work) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < WRITERS; i++) threads.add(Thread.ofVirtual().start(work));
        for (Thread thread : threads) thread.join();
    }

    @Test
    void letsOneOfManyEqualValuesWin() throws InterruptedException {
        var won = new AtomicInteger();
        var refused = new AtomicInteger();

        inParallel(() -> {
            try {
                kernel.create("counters", "{'name':'only one'}");
                won.incrementAndGet();
            } catch (Refusal _) {
                refused.incrementAndGet();
            }
        });

        assertThat(won).hasValue(1);
        assertThat(refused).hasValue(WRITERS - 1);
        assertThat(kernel.find("counters", "")).hasSize(1);
    }

    @Test
    void addsUpWhatManyAdd() throws InterruptedException {
        String id = kernel.create("counters", "{'name':'sum'}").id();

        inParallel(() -> kernel.update("counters", id, "{'n+':1}"));

        assertThat(KernelFixture.json(kernel.view(operator(), "counters", id).value("n")))
                .isEqualTo("" + WRITERS);
    }

    @Test
    void keepsWritingWhileTheCollectionChanges() throws InterruptedException {
        var created = new AtomicInteger();
        var changing = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 10; i++) {
                kernel.change("counters", """
                        {'fields':[{'name':'name','type':'text'},{'name':'n','type':'number'},{'name':'extra%d','type':'text'}]}""".formatted(i));
            }
        });

        inParallel(() -> {
            kernel.create("counters", "{'name':'c" + created.incrementAndGet() + "','n':1}");
        });
        changing.join();

        assertThat(kernel.find("counters", "n = 1")).hasSize(WRITERS);
        assertThat(kernel.kernel()
                        .schema()
                        .catalog()
                        .named("counters")
                        .orElseThrow()
                        .field("extra9"))
                .isPresent();
    }
}
