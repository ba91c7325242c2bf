package dev.ferritedb.http;

import java.util.LinkedHashSet;
import java.util.Set;

/// One tag of an `If-Match` or `If-None-Match` header. Source: RFC 9110, section 8.8.3.
///
/// @param opaque what stands between the quotes
record EntityTag(boolean weak, String opaque) {
    /// The star. Its opaque text is one that no tag can have.
    static final EntityTag ANY = new EntityTag(false, "\"");

    /// Reads as far as the text is a list of tags; a tag without its quotes is taken as if it had them.
    static Set<EntityTag> list(String text) {
        var tags = new LinkedHashSet<EntityTag>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            boolean weak = text.startsWith("W/", at);
            if (weak) at += 2;
            boolean quoted = text.startsWith("\"", at);
            int from = quoted ? at + 1 : at;
            int to = text.indexOf(quoted ? '"' : ',', from);
            if (to < 0) to = text.length();
            String opaque =
                    quoted ? text.substring(from, to) : text.substring(from, to).strip();
            tags.add(!quoted && !weak && opaque.equals("*") ? ANY : new EntityTag(weak, opaque));
            at = to + 1;
        }
        return tags;
    }
}
