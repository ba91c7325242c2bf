package dev.ferritedb.ports.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every [FileStore] promises.
public abstract class FileStoreContract {
    private static final FileKey KEY = new FileKey("pbc_1", "record000000001", "photo_x1.png");

    /// A fresh, empty store each time; the subclass closes it.
    protected abstract FileStore store() throws IOException;

    @Test
    void givesBackWhatWasPut() throws IOException {
        FileStore store = store();

        assertThat(store.put(KEY, bytes("hello"))).isEqualTo(5);

        assertThat(content(store, KEY)).contains("hello");
        assertThat(store.size(KEY)).contains(5L);
    }

    @Test
    void hasNothingUnderAKeyThatWasNeverPut() throws IOException {
        FileStore store = store();
        store.put(KEY, bytes("hello"));

        for (FileKey absent : List.of(
                new FileKey("pbc_2", KEY.recordId(), KEY.name()),
                new FileKey(KEY.collectionId(), "record000000002", KEY.name()),
                new FileKey(KEY.collectionId(), KEY.recordId(), "photo_x2.png"))) {
            assertThat(store.open(absent)).isEmpty();
            assertThat(store.size(absent)).isEmpty();
            assertThat(store.delete(absent)).isFalse();
        }
        assertThat(content(store, KEY)).contains("hello");
    }

    @Test
    void deletesOnceAndOnlyThatKey() throws IOException {
        FileStore store = store();
        var other = new FileKey(KEY.collectionId(), KEY.recordId(), "other.png");
        store.put(KEY, bytes("a"));
        store.put(other, bytes("b"));

        assertThat(store.delete(KEY)).isTrue();
        assertThat(store.delete(KEY)).isFalse();
        assertThat(store.open(KEY)).isEmpty();
        assertThat(store.size(KEY)).isEmpty();
        assertThat(content(store, other)).contains("b");
        store.put(KEY, bytes("again"));
        assertThat(content(store, KEY)).contains("again");
    }

    @Test
    void replacesAKeyWhole() throws IOException {
        FileStore store = store();
        store.put(KEY, bytes("a long first version"));
        store.put(KEY, bytes("short"));

        assertThat(content(store, KEY)).contains("short");
        assertThat(store.size(KEY)).contains(5L);
    }

    @Test
    void keepsNothingOfAPutThatFailsHalfWay() throws IOException {
        FileStore store = store();

        assertThatThrownBy(() -> store.put(KEY, failingAfter(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the sender went away");

        assertThat(store.open(KEY)).isEmpty();
        assertThat(store.size(KEY)).isEmpty();
        assertThat(store.delete(KEY)).isFalse();
    }

    @Test
    void keepsTheOldVersionWhenAReplacementFailsHalfWay() throws IOException {
        FileStore store = store();
        store.put(KEY, bytes("old"));

        assertThatThrownBy(() -> store.put(KEY, failingAfter(100_000))).isInstanceOf(IOException.class);

        assertThat(content(store, KEY)).contains("old");
    }

    @Test
    void keepsEmptyAndLargeFilesByteForByte() throws IOException {
        FileStore store = store();
        long seed = System.nanoTime();
        System.out.println("FileStoreContract.keepsEmptyAndLargeFilesByteForByte seed " + seed);
        byte[] large = new byte[7_000_001];
        new Random(seed).nextBytes(large);

        assertThat(store.put(KEY, bytes(""))).isZero();
        assertThat(store.size(KEY)).contains(0L);
        assertThat(content(store, KEY)).contains("");
        assertThat(store.put(KEY, new ByteArrayInputStream(large))).isEqualTo(large.length);
        try (InputStream in = store.open(KEY).orElseThrow()) {
            in.skipNBytes(6_000_000);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, 6_000_000, large.length));
        }
    }

    @Test
    void takesEveryNameThatAKeyMayHave() throws IOException {
        FileStore store = store();
        for (String name : List.of("a", "-", "_", "a.b.c", "A@2x+1.PNG", "x..", "n".repeat(200))) {
            var key = new FileKey("c", "r", name);
            store.put(key, bytes(name));
            assertThat(content(store, key)).contains(name);
        }
        for (String name : List.of("", ".", "..", ".hidden", "a/b", "a\\b", "a\u0000", "ä", "n".repeat(201))) {
            assertThatThrownBy(() -> new FileKey("c", "r", name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new FileKey(name, "r", "n")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void letsManyWorkAtOnceAndShowsOnlyWholeFiles() throws IOException, InterruptedException, ExecutionException {
        FileStore store = store();
        var shared = new FileKey("c", "r", "shared");
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            work.add(() -> {
                for (int round = 0; round < 10; round++) {
                    var own = new FileKey("c", "r" + number % 2, "own" + number);
                    store.put(own, bytes("own" + number));
                    store.put(shared, bytes(Integer.toString(number).repeat(50_000)));
                    assertThat(content(store, own)).contains("own" + number);
                    assertThat(content(store, shared).orElseThrow())
                            .matches(text -> text.length() == 50_000
                                    && text.chars().distinct().count() == 1);
                    assertThat(store.delete(own)).isTrue();
                }
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(work)) done.get();
        }
    }

    @Test
    void provesThatItWorks() throws IOException {
        FileStore store = store();
        assertThatCode(store::probe).doesNotThrowAnyException();
        assertThatCode(store::probe).doesNotThrowAnyException();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static Optional<String> content(FileStore store, FileKey key) throws IOException {
        Optional<InputStream> opened = store.open(key);
        if (opened.isEmpty()) return Optional.empty();
        try (InputStream in = opened.get()) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static InputStream failingAfter(int count) {
        return new InputStream() {
            private int left = count;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) throw new IOException("the sender went away");
                return 'x';
            }
        };
    }
}
