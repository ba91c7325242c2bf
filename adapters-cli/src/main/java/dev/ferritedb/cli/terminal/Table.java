package dev.ferritedb.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns, for people. A cell is one line; control characters in it are shown as `?`, so that data
/// can't steer the terminal.
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells).stream().map(Table::printable).toList());
        return this;
    }

    public void printTo(PrintStream out) {
        var widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], width(row.get(i)));
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i));
                if (i < widths.length - 1)
                    line.repeat(' ', widths[i] - width(row.get(i))).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /// @return `text` without anything a terminal would obey
    public static String printable(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return shown.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
