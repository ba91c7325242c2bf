package dev.ferritedb.http;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.util.ArrayList;

/// A path cut at its slashes, each part decoded on its own, so that an encoded slash stays inside its part.
final class PathSegments {
    private static final int SEGMENTS_MAX = 32;
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        String others = "-._~!$&'()*+,;=:@%/";
        for (char c = 'a'; c <= 'z'; c++) ALLOWED[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) ALLOWED[c] = true;
        for (char c = '0'; c <= '9'; c++) ALLOWED[c] = true;
        for (int i = 0; i < others.length(); i++) ALLOWED[others.charAt(i)] = true;
    }

    private PathSegments() {}

    /// Refuses with `Invalid` (`invalid_path`) what is no absolute path of RFC 3986.
    static String[] of(String rawPath) {
        if (!rawPath.startsWith("/")) throw invalid();
        var segments = new ArrayList<String>(8);
        int from = 1;
        boolean encoded = false;
        for (int i = 1; i <= rawPath.length(); i++) {
            char c = i < rawPath.length() ? rawPath.charAt(i) : '/';
            if (c == '/') {
                if (segments.size() == SEGMENTS_MAX) throw invalid();
                String segment = rawPath.substring(from, i);
                segments.add(encoded ? PercentText.decode(segment, false).orElseThrow(PathSegments::invalid) : segment);
                from = i + 1;
                encoded = false;
            } else if (c == '%') {
                encoded = true;
            } else if (c >= 128 || !ALLOWED[c]) {
                throw invalid();
            }
        }
        return segments.toArray(String[]::new);
    }

    private static Refusal invalid() {
        return new Refusal(Problem.Invalid.of("invalid_path", "The path is not valid."));
    }
}
