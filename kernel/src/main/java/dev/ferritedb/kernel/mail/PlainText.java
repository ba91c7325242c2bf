package dev.ferritedb.kernel.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a mail's HTML, for programs that show none: a paragraph a block, a link as its label and address.
final class PlainText {
    private static final Pattern TOKEN = Pattern.compile(
            "<!--.*?-->|<![^>]*>|<(?<unseen>style|script|title)\\b[^>]*>.*?</\\k<unseen>\\s*>|<(?<end>/?)(?<name>[a-zA-Z][\\w-]*)(?<attributes>[^>]*)>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern HREF =
            Pattern.compile("\\bhref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("&(?:#(\\d{1,7})|(amp|lt|gt|quot|apos|nbsp));");
    private static final Set<String> BLOCKS = Set.of(
            "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "body", "blockquote");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> links = new ArrayDeque<>();

    private PlainText() {}

    static String of(String html) {
        var text = new PlainText();
        Matcher token = TOKEN.matcher(html);
        int from = 0;
        while (token.find()) {
            text.words(html.substring(from, token.start()));
            String name = token.group("name");
            if (name != null) text.tag(name.toLowerCase(Locale.ROOT), token);
            from = token.end();
        }
        text.words(html.substring(from));
        return text.out.toString().strip() + "\n";
    }

    private void words(String escaped) {
        String plain = plain(escaped).replaceAll("\\s+", " ");
        boolean atStart = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(atStart ? plain.stripLeading() : plain);
    }

    private void tag(String name, Matcher tag) {
        boolean end = !tag.group("end").isEmpty();
        if (BLOCKS.contains(name)) newLine(name.equals("br") || name.equals("li") ? 1 : 2);
        if (!name.equals("a")) return;
        if (!end) {
            Matcher href = HREF.matcher(tag.group("attributes"));
            boolean found = href.find();
            links.push(found ? plain(href.group(1) == null ? href.group(2) : href.group(1)) : "");
        } else if (!links.isEmpty()) {
            String address = links.pop();
            if (!address.isEmpty()) {
                newLine(1);
                out.append(address);
                newLine(1);
            }
        }
    }

    private void newLine(int count) {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') out.setLength(out.length() - 1);
        int there = 0;
        while (there < out.length() && out.charAt(out.length() - 1 - there) == '\n') there++;
        if (!out.isEmpty()) out.append("\n".repeat(Math.max(0, count - there)));
    }

    private static String plain(String escaped) {
        return REFERENCE
                .matcher(escaped)
                .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1), found.group(2))));
    }

    private static String character(String number, String name) {
        if (number != null) {
            int code = Integer.parseInt(number);
            return Character.isValidCodePoint(code) ? Character.toString(code) : "";
        }
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> " ";
        };
    }
}
