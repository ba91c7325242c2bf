package dev.ferritedb.http;

import java.util.Locale;
import java.util.Set;

/// The first characters of an HTML text as plain text, read in one pass: broken HTML costs no more than sound HTML.
/// Source: the wire contract, section 1.5.
///
/// @param max characters (code points) at the most, 1 or more
/// @param ellipsis whether three dots follow a text that was cut
record HtmlExcerpt(int max, boolean ellipsis) {
    /// Elements within a line; around all others there is a space.
    private static final Set<String> WITHOUT_SPACE = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "embed",
            "font", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
            "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");
    private static final Set<String> SKIPPED = Set.of(
            "applet",
            "button",
            "dialog",
            "form",
            "head",
            "iframe",
            "object",
            "option",
            "picture",
            "script",
            "select",
            "style",
            "svg",
            "template",
            "textarea");
    /// What they hold is no HTML: they end at their end tag alone.
    private static final Set<String> RAW = Set.of("iframe", "script", "style", "textarea");

    String of(String html) {
        return new Reading(html, max).excerpt(ellipsis);
    }

    private static final class Reading {
        private final String html;
        private final int max;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int count;
        private boolean spaceDue;
        /// Of the outermost skipped element that is open, empty when none is.
        private String skipped = "";

        private int skippedDepth;

        Reading(String html, int max) {
            this.html = html;
            this.max = max;
        }

        String excerpt(boolean ellipsis) {
            while (at < html.length() && count <= max) {
                char c = html.charAt(at);
                if (c == '<' && markup()) continue;
                if (c == '&' && reference()) continue;
                int point = html.codePointAt(at);
                at += Character.charCount(point);
                text(point);
            }
            if (count <= max) return out.toString();
            out.setLength(out.offsetByCodePoints(0, max));
            return out.toString().stripTrailing() + (ellipsis ? "..." : "");
        }

        private void text(int point) {
            if (!skipped.isEmpty()) return;
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                spaceDue = true;
                return;
            }
            if (spaceDue && count > 0) {
                out.append(' ');
                count++;
            }
            spaceDue = false;
            out.appendCodePoint(point);
            count++;
        }

        /// Passes over what starts with `<` here.
        /// @return false when it is a mere character
        private boolean markup() {
            char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
            if (html.startsWith("<!--", at)) {
                passOver("-->", at + 4);
            } else if (next == '!' || next == '?') {
                passOver(">", at + 2);
            } else if (next == '/') {
                if (at + 2 < html.length() && isLetter(html.charAt(at + 2))) endTag();
                else passOver(">", at + 2);
            } else if (isLetter(next)) {
                startTag();
            } else {
                return false;
            }
            return true;
        }

        private void passOver(String end, int from) {
            int found = html.indexOf(end, from);
            at = found < 0 ? html.length() : found + end.length();
        }

        private void startTag() {
            String name = name(at + 1);
            boolean closed = passTag();
            if (skipped.equals("head") && name.equals("body")) skipped = "";
            if (!skipped.isEmpty()) {
                if (name.equals(skipped) && !closed) skippedDepth++;
            } else if (SKIPPED.contains(name)) {
                if (closed && name.equals("svg")) return;
                skipped = name;
                skippedDepth = 1;
            } else if (!WITHOUT_SPACE.contains(name)) {
                spaceDue = true;
            }
            if (RAW.contains(name)) passRaw(name);
        }

        private void endTag() {
            String name = name(at + 2);
            passTag();
            if (skipped.isEmpty()) {
                spaceDue |= !WITHOUT_SPACE.contains(name) && !SKIPPED.contains(name);
            } else if (name.equals(skipped) && --skippedDepth == 0) {
                skipped = "";
            }
        }

        private String name(int from) {
            int to = from;
            while (to < html.length()
                    && !Character.isWhitespace(html.charAt(to))
                    && html.charAt(to) != '/'
                    && html.charAt(to) != '>') {
                to++;
            }
            return to - from > 16 ? "" : html.substring(from, to).toLowerCase(Locale.ROOT);
        }

        /// Goes on behind the tag's `>`, which one inside of quotes is not.
        /// @return whether the tag ends with `/>`
        private boolean passTag() {
            boolean value = false;
            for (at++; at < html.length(); at++) {
                char c = html.charAt(at);
                if (c == '>') {
                    at++;
                    return html.charAt(at - 2) == '/';
                }
                if (value && (c == '"' || c == '\'')) {
                    int end = html.indexOf(c, at + 1);
                    at = end < 0 ? html.length() : end;
                }
                value = c == '=' || value && Character.isWhitespace(c);
            }
            at = html.length();
            return false;
        }

        /// Up to the end tag.
        private void passRaw(String name) {
            int end = html.indexOf("</", at);
            while (end >= 0 && !html.regionMatches(true, end + 2, name, 0, name.length())) {
                end = html.indexOf("</", end + 2);
            }
            at = end < 0 ? html.length() : end;
        }

        private boolean reference() {
            int end = html.substring(at, Math.min(html.length(), at + HtmlReferences.LENGTH_MAX))
                    .indexOf(';');
            int point = end < 0 ? -1 : HtmlReferences.codePoint(html.substring(at + 1, at + end));
            if (point < 0) return false;
            at += end + 1;
            text(point);
            return true;
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
    }
}
