package dev.ferritedb.http;

/// What text of strangers may consist of, where only harmless characters are let through.
final class Letters {
    private Letters() {}

    /// Whether `text` holds nothing but ASCII letters, digits and characters of `others`.
    static boolean only(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
            if (!fits) return false;
        }
        return true;
    }
}
