package dev.ferritedb.kernel.audit;

import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;

/// The further members of an entry.
public final class AuditDetails {
    public static final Value.Members NONE = Value.Members.EMPTY;

    private AuditDetails() {}

    /// @param namesAndTexts name, text, name, text …; an empty text is left out
    public static Value.Members of(String... namesAndTexts) {
        var members = new LinkedHashMap<String, Value>();
        for (int i = 0; i + 1 < namesAndTexts.length; i += 2) {
            if (!namesAndTexts[i + 1].isEmpty()) members.put(namesAndTexts[i], Value.text(namesAndTexts[i + 1]));
        }
        return new Value.Members(members);
    }
}
