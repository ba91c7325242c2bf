package dev.ferritedb.identity;

import dev.ferritedb.ports.identity.CommonPasswords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/// The list in this module's resources, which names its source, and the product's own name. Read when it is first
/// asked, and searched as it lies there: as strings it would take ten times the memory.
public final class CommonPasswordList implements CommonPasswords {
    private static final String RESOURCE = "common-passwords.txt";
    private static final String PRODUCT = "ferritedb";

    /// No entry is as long as this.
    private static final int LENGTH_MAX = 64;

    private static final class Lines {
        static final byte[] SORTED = read();

        private static byte[] read() {
            try (InputStream in =
                    Objects.requireNonNull(CommonPasswordList.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean contains(String password) {
        if (password.length() > LENGTH_MAX) return false;
        String folded = Normalizer.normalize(password, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return folded.equals(PRODUCT) || isLine(folded.getBytes(StandardCharsets.UTF_8), Lines.SORTED);
    }

    private static boolean isLine(byte[] wanted, byte[] lines) {
        int low = 0;
        int high = lines.length;
        while (low < high) {
            int start = lineStart(lines, (low + high) >>> 1, low);
            int end = lineEnd(lines, start);
            int order = compare(wanted, lines, start, end);
            if (order == 0) return true;
            if (order < 0) high = start;
            else low = end + 1;
        }
        return false;
    }

    private static int lineStart(byte[] lines, int within, int least) {
        int start = within;
        while (start > least && lines[start - 1] != '\n') start--;
        return start;
    }

    private static int lineEnd(byte[] lines, int start) {
        int end = start;
        while (lines[end] != '\n') end++;
        return end;
    }

    private static int compare(byte[] wanted, byte[] lines, int start, int end) {
        int common = Math.min(wanted.length, end - start);
        for (int i = 0; i < common; i++) {
            int order = Byte.toUnsignedInt(wanted[i]) - Byte.toUnsignedInt(lines[start + i]);
            if (order != 0) return order;
        }
        return wanted.length - (end - start);
    }
}
