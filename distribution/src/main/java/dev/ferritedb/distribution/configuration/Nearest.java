package dev.ferritedb.distribution.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known name that a misspelt one most likely stands for.
final class Nearest {
    private Nearest() {}

    /// @return empty when nothing is near: more than a third of the letters differ
    static Optional<String> to(String misspelt, Collection<String> known) {
        int farthest = Math.max(2, misspelt.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - misspelt.length()) <= farthest)
                .filter(name -> distance(misspelt, name) <= farthest)
                .min(Comparator.comparingInt((String name) -> distance(misspelt, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// Letters to add, remove, replace or swap with their neighbour.
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
            }
        }
        return edits[a.length()][b.length()];
    }
}
