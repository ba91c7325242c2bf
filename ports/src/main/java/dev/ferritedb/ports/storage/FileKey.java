package dev.ferritedb.ports.storage;

import java.util.regex.Pattern;

/// Where a file lies: `collection/record/name`. Each part is a generated name, never a path of the user's.
public record FileKey(String collectionId, String recordId, String name) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.@+-]{0,199}");

    public FileKey {
        for (String part : new String[] {collectionId, recordId, name}) {
            if (!PART.matcher(part).matches()) throw new IllegalArgumentException("not a part of a file key: " + part);
        }
    }
}
