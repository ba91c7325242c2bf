package dev.ferritedb.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDriverTest {
    @TempDir
    Path folder;

    @Test
    void measuresTheBareServer() throws Exception {
        try (BareServer server = BareServer.start(0, folder)) {
            var driver = new LoadDriver(new InetSocketAddress("127.0.0.1", server.port()), 8);
            var workload = new Workload(100);

            Measured filled = driver.run(workload::fill, 100);
            assertThat(filled.answers()).isEqualTo(100);
            assertThat(filled.refused()).isZero();
            for (LoadDriver.Requests requests : new LoadDriver.Requests[] {
                workload::find, workload::list, workload::countedList, workload::create, workload::createAlone
            }) {
                Measured measured = driver.run(requests, Duration.ofMillis(200));
                assertThat(measured.answers()).isPositive();
                assertThat(measured.refused()).isZero();
                assertThat(measured.perSecond()).isPositive();
                assertThat(measured.millis(0.5)).isPositive().isLessThanOrEqualTo(measured.millis(0.99));
                assertThat(measured.millis(0.99)).isLessThanOrEqualTo(measured.millis(1));
            }
            byte[] unknown = LoadDriver.get("/api/collections/bench/records/unknown");
            assertThat(driver.run(_ -> unknown, 50).refused()).isEqualTo(50);
        }
    }

    @Test
    void sendsAtARateOfItsOwn() throws Exception {
        try (BareServer server = BareServer.start(0, folder)) {
            var driver = new LoadDriver(new InetSocketAddress("127.0.0.1", server.port()), 8);
            var workload = new Workload(100);
            driver.run(workload::fill, 100);

            Measured measured = driver.runAt(2_000, workload::find, Duration.ofMillis(500));

            assertThat(measured.refused()).isZero();
            assertThat(measured.answers()).isBetween(100L, 1_000L);
            assertThat(measured.millis(0)).isPositive();
        }
    }

    @Test
    void findsTheEndOfAnAnswer() {
        byte[] answer = "HTTP/1.1 200 OK\r\ncontent-Length: 12\r\nX: y\r\n\r\n{\"a\":\"b\"}\r\n\r".getBytes(US_ASCII);
        for (int to = 0; to < answer.length - 12; to++)
            assertThat(Answer.length(answer, 0, to)).isEqualTo(-1);
        assertThat(Answer.length(answer, 0, answer.length)).isEqualTo(answer.length);
        assertThat(Answer.status(answer, 0)).isEqualTo(200);
        byte[] empty = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII);
        assertThat(Answer.length(empty, 0, empty.length)).isEqualTo(empty.length);
        byte[] endless = "HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII);
        assertThatThrownBy(() -> Answer.length(endless, 0, endless.length)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesUnknownOptions() {
        assertThat(Options.read(new String[] {"--rows", "5", "--seconds", "1"}, Options.COMPARISON)
                        .rows())
                .isEqualTo(5);
        for (String[] wrong : new String[][] {{"--rowz", "5"}, {"--rows"}, {"--rows", "0"}, {"--rows", "x"}}) {
            assertThatThrownBy(() -> Options.read(wrong, Options.COMPARISON))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
