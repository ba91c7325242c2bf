package dev.ferritedb.kernel.mail;

import java.util.Locale;

/// The page around the text of a mail.
final class MailPage {
    private static final String BEFORE_TITLE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>""";
    private static final String BEFORE_BODY = """
            </title>
            <style>
            body { margin: 0; padding: 24px; background: #f4f5f7; color: #1d2129; font: 16px/1.5 system-ui, sans-serif; }
            .mail { max-width: 560px; margin: 0 auto; padding: 16px 32px; background: #fff; border-radius: 8px; }
            .btn { display: inline-block; padding: 10px 20px; border-radius: 6px; background: #1d2129; color: #fff !important; text-decoration: none; }
            </style>
            </head>
            <body>
            <div class="mail">
            """;
    private static final String AFTER_BODY = """
            </div>
            </body>
            </html>
            """;

    private MailPage() {}

    /// A text that is a whole page already stays as it is.
    ///
    /// @param body HTML
    static String of(String title, String body) {
        String start = body.stripLeading();
        String head = start.substring(0, Math.min(start.length(), 20)).toLowerCase(Locale.ROOT);
        if (head.startsWith("<!doctype") || head.startsWith("<html")) return body;
        String line = body.endsWith("\n") ? "" : "\n";
        return BEFORE_TITLE + escaped(title) + BEFORE_BODY + body + line + AFTER_BODY;
    }

    /// `text` as it must stand in HTML, in quoted attributes too.
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
