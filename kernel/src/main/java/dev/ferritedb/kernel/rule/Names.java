package dev.ferritedb.kernel.rule;

import java.util.Collection;
import java.util.Optional;

/// Finds the name that was meant.
final class Names {
    private static final int LENGTH_MAX = 100;

    private Names() {}

    /// @param before what stands before the name, to be shown with it
    /// @return the words that suggest it, or nothing when none is near
    static String suggestion(String before, String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean '" + before + name + "'?")
                .orElse("");
    }

    private static Optional<String> nearest(String written, Collection<String> known) {
        if (written.length() > LENGTH_MAX) return Optional.empty();
        int allowed = written.length() < 4 ? 1 : Math.max(2, written.length() / 3);
        String best = "";
        int bestDistance = allowed + 1;
        for (String name : known) {
            if (Math.abs(name.length() - written.length()) >= bestDistance) continue;
            int distance = distance(written, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /// Insertions, deletions and replacements that turn one into the other; case counts for nothing.
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    static String abbreviated(String name) {
        return name.length() <= 64 ? name : name.substring(0, 61) + "...";
    }
}
