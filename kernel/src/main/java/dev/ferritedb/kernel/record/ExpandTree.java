package dev.ferritedb.kernel.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `expand` asks for, as a tree: `author,comments_via_post.author` is two branches, the second with one of
/// its own. What lies deeper than six levels is left out. Source: the wire contract, section 4.8.
record ExpandTree(Map<String, ExpandTree> branches) {
    static final ExpandTree NOTHING = new ExpandTree(Map.of());

    /// Longest text of an expand, in chars: what is longer asks for nothing more.
    static final int TEXT_MAX = 2_048;

    private static final int LEVELS_MAX = 6;
    private static final Pattern OLD_BACK_RELATION = Pattern.compile("(\\w+)\\((\\w+)\\)");

    static ExpandTree of(String text) {
        if (text.isBlank()) return NOTHING;
        var root = new ExpandTree(new LinkedHashMap<>());
        String kept = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
        for (String path : kept.replaceAll("\\s+", "").split(",")) root.add(path);
        return root;
    }

    private void add(String path) {
        ExpandTree at = this;
        String[] parts = path.split("\\.");
        for (int level = 0; level < parts.length && level < LEVELS_MAX; level++) {
            if (parts[level].isEmpty()) return;
            at = at.branches.computeIfAbsent(name(parts[level]), _ -> new ExpandTree(new LinkedHashMap<>()));
        }
    }

    private static String name(String part) {
        Matcher old = OLD_BACK_RELATION.matcher(part);
        return old.matches() ? old.group(1) + "_via_" + old.group(2) : part;
    }

    boolean isEmpty() {
        return branches.isEmpty();
    }
}
