package dev.ferritedb.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    private static List<List<Optional<String>>> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<Optional<String>>> read(byte[] bytes) throws IOException {
        var records = new ArrayList<List<Optional<String>>>();
        try (var reader = new CsvReader(new ByteArrayInputStream(bytes))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) records.add(next.get());
        }
        return records;
    }

    private static List<Optional<String>> cells(String... cells) {
        return List.of(cells).stream().map(Optional::of).toList();
    }

    @Test
    void takesLinesAndCellsApart() throws IOException {
        assertThat(read("a,b\r\n1,2\n3,4")).containsExactly(cells("a", "b"), cells("1", "2"), cells("3", "4"));
        assertThat(read("a\n\n\r\nb\n")).containsExactly(cells("a"), cells("b"));
        assertThat(read("\uFEFFa,b\n")).containsExactly(cells("a", "b"));
        assertThat(read("")).isEmpty();
    }

    @Test
    void keepsWhatQuotesProtect() throws IOException {
        assertThat(read("\"a,\"\"b\"\"\r\nc\",d\n")).containsExactly(cells("a,\"b\"\r\nc", "d"));
        assertThat(read("\" a\", b \n")).containsExactly(cells(" a", " b "));
    }

    @Test
    void tellsAnEmptyCellFromEmptyText() throws IOException {
        assertThat(read("a,,\"\"\n,\n"))
                .containsExactly(
                        List.of(Optional.of("a"), Optional.empty(), Optional.of("")),
                        List.of(Optional.empty(), Optional.empty()));
    }

    @Test
    void saysWhatIsMalformed() {
        assertThatThrownBy(() -> read("a,\"b")).hasMessageContaining("closing quote");
        assertThatThrownBy(() -> read("\"a\"b,c")).hasMessageContaining("follows the closing quote");
        assertThatThrownBy(() -> read("a\"b,c")).hasMessageContaining("a quote inside a cell");
        assertThatThrownBy(() -> read(new byte[] {'a', (byte) 0xFF})).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void findsALineEndThatFallsOnTheEdgeOfItsBuffer() throws IOException {
        String longCell = "x".repeat((1 << 15) - 1);

        assertThat(read(longCell + "\r\ny\r\n")).containsExactly(cells(longCell), cells("y"));
        assertThat(read(longCell + "\ry\n")).containsExactly(cells(longCell + "\ry"));
    }

    @Test
    void knowsTheLineEachRecordStartsOn() throws IOException {
        var reader = new CsvReader(new ByteArrayInputStream("a\n\n\"b\n\nc\"\nd".getBytes(StandardCharsets.UTF_8)));
        var lines = new ArrayList<Long>();
        while (reader.next().isPresent()) lines.add(reader.recordLine());

        assertThat(lines).containsExactly(1L, 3L, 6L);
    }

    /// Cells of every length and kind, so that line ends and quotes fall on the edges of the reader's buffer too.
    @Test
    void readsBackWhatTheWriterQuotes() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String alphabet = "ab,\"\r\n =é😀";
        int[] points = alphabet.codePoints().toArray();
        var written = new ArrayList<List<Optional<String>>>();
        var text = new StringBuilder();
        for (int row = 0; row < 400; row++) {
            var cells = new ArrayList<Optional<String>>();
            for (int column = 0; column < 3; column++) {
                var cell = new StringBuilder();
                int length = random.nextInt(200);
                for (int i = 0; i < length; i++) cell.appendCodePoint(points[random.nextInt(points.length)]);
                cells.add(Optional.of(cell.toString()));
                text.append(column == 0 ? "" : ",").append(CsvCell.quoted(cell.toString()));
            }
            text.append(random.nextBoolean() ? "\r\n" : "\n");
            written.add(cells);
        }

        assertThat(read(text.toString())).as("seed %d", seed).isEqualTo(written);
    }
}
