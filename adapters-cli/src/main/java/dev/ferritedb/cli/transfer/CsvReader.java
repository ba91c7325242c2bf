package dev.ferritedb.cli.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes CSV (RFC 4180, UTF-8, with or without a byte order mark) apart. Lines end in LF or CRLF; blank ones are passed
/// over. Written here because the CSV reader of the JSON library needs that library's data binding too, which nothing
/// else does.
final class CsvReader implements AutoCloseable {
    private static final int END = -1;
    private static final int CELL_MAX_CHARACTERS = 32 << 20;

    private final Reader reader;
    private final char[] buffer = new char[1 << 15];
    private int position;
    private int limit;
    private long line = 1;
    private long recordLine = 1;
    private final StringBuilder cell = new StringBuilder();

    CsvReader(InputStream in) {
        this.reader = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /// The text can't be taken apart from here on.
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        private final String reason;

        Malformed(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// The line on which the record read last started, from 1.
    long recordLine() {
        return recordLine;
    }

    /// The cells of the next record; a cell without quotes that holds nothing is empty.
    ///
    /// @return empty at the end
    Optional<List<Optional<String>>> next() throws IOException {
        skipBlankLines();
        recordLine = line;
        if (peek() == END) return Optional.empty();
        var cells = new ArrayList<Optional<String>>();
        while (true) {
            cells.add(peek() == '"' ? Optional.of(quoted()) : plain());
            int after = take();
            if (after == END || after == '\n') return Optional.of(cells);
            if (after != ',') throw new Malformed("something follows the closing quote of a cell");
        }
    }

    private void skipBlankLines() throws IOException {
        if (line == 1 && position == 0 && peek() == '\uFEFF') position++;
        while (true) {
            if (peek() == '\n') take();
            else if (peek() == '\r' && followedByLineFeed()) position++;
            else return;
        }
    }

    private Optional<String> plain() throws IOException {
        cell.setLength(0);
        while (true) {
            int next = peek();
            boolean ends = next == END || next == ',' || next == '\n' || (next == '\r' && followedByLineFeed());
            if (ends) break;
            if (next == '"') throw new Malformed("a quote inside a cell that does not start with one");
            append((char) take());
        }
        skipCarriageReturn();
        return cell.isEmpty() ? Optional.empty() : Optional.of(cell.toString());
    }

    private String quoted() throws IOException {
        cell.setLength(0);
        take();
        while (true) {
            int next = take();
            if (next == END) throw new Malformed("the closing quote of the last cell is missing");
            if (next == '"') {
                if (peek() != '"') break;
                take();
            }
            append((char) next);
        }
        skipCarriageReturn();
        return cell.toString();
    }

    private void append(char next) throws IOException {
        if (cell.length() == CELL_MAX_CHARACTERS)
            throw new Malformed("a cell of more than " + CELL_MAX_CHARACTERS + " characters");
        cell.append(next);
    }

    private void skipCarriageReturn() throws IOException {
        if (peek() == '\r' && followedByLineFeed()) position++;
    }

    private boolean followedByLineFeed() throws IOException {
        if (position + 1 == limit) {
            buffer[0] = buffer[position];
            position = 0;
            int read = reader.read(buffer, 1, buffer.length - 1);
            limit = 1 + Math.max(read, 0);
        }
        return position + 1 < limit && buffer[position + 1] == '\n';
    }

    private int peek() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(reader.read(buffer, 0, buffer.length), 0);
            if (limit == 0) return END;
        }
        return buffer[position];
    }

    private int take() throws IOException {
        int next = peek();
        if (next == END) return END;
        position++;
        if (next == '\n') line++;
        return next;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
