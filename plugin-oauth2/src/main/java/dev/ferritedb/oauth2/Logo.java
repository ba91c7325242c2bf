package dev.ferritedb.oauth2;

/// A mark of our own for each provider, its first letter on its colour: the providers' own marks are theirs.
final class Logo {
    private Logo() {}

    static String of(String displayName, String colour) {
        String letter = Character.toString(Character.toUpperCase(displayName.codePointAt(0)));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
                fill="%s"/><text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" \
                text-anchor="middle" fill="#fff">%s</text></svg>""".formatted(colour, letter);
    }
}
