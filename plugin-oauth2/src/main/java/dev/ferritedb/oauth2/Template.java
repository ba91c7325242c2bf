package dev.ferritedb.oauth2;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with `{path}` in it, filled from what a provider told; `{token.path}` from the answer that held the token.
record Template(String text) {
    private static final Pattern PATH = Pattern.compile("\\{([^}]+)}");
    private static final String OF_TOKEN = "token.";
    static final Template NONE = new Template("");

    /// @return empty text when anything is missing
    String whole(Told user, Told token) {
        boolean complete = PATH.matcher(text)
                .results()
                .noneMatch(path -> value(path.group(1), user, token).isEmpty());
        return complete ? filled(user, token) : "";
    }

    /// @return what there is, without blanks at the ends
    String filled(Told user, Told token) {
        return PATH.matcher(text)
                .replaceAll(path -> Matcher.quoteReplacement(value(path.group(1), user, token)))
                .strip();
    }

    private static String value(String path, Told user, Told token) {
        return path.startsWith(OF_TOKEN)
                ? token.at(path.substring(OF_TOKEN.length())).text()
                : user.at(path).text();
    }
}
