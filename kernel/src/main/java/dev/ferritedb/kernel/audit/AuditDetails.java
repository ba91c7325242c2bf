package dev.ferritedb.kernel.audit;

import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;

/// The further members of an entry.
public final class AuditDetails {
    public static final Value.Members NONE = Value.Members.EMPTY;

    private AuditDetails() {}

    /// What differs between two documents: the members `before` and `after`, each with those that are not the same.
    public static Value.Members difference(Value.Members before, Value.Members after) {
        var was = new LinkedHashMap<String, Value>();
        var is = new LinkedHashMap<String, Value>();
        before.members().forEach((name, value) -> {
            if (!value.equals(after.get(name))) was.put(name, value);
        });
        after.members().forEach((name, value) -> {
            if (!value.equals(before.get(name))) is.put(name, value);
        });
        var members = new LinkedHashMap<String, Value>();
        members.put("before", new Value.Members(was));
        members.put("after", new Value.Members(is));
        return new Value.Members(members);
    }

    /// @param namesAndTexts name, text, name, text …; an empty text is left out
    public static Value.Members of(String... namesAndTexts) {
        var members = new LinkedHashMap<String, Value>();
        for (int i = 0; i + 1 < namesAndTexts.length; i += 2) {
            if (!namesAndTexts[i + 1].isEmpty()) members.put(namesAndTexts[i], Value.text(namesAndTexts[i + 1]));
        }
        return new Value.Members(members);
    }
}
