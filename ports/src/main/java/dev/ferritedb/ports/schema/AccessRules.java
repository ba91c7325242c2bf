package dev.ferritedb.ports.schema;

import java.util.Objects;

/// The five rules of a collection.
public record AccessRules(AccessRule list, AccessRule view, AccessRule create, AccessRule update, AccessRule delete) {
    /// What a new collection starts with: superusers only.
    public static final AccessRules CLOSED = new AccessRules(
            AccessRule.LOCKED, AccessRule.LOCKED, AccessRule.LOCKED, AccessRule.LOCKED, AccessRule.LOCKED);

    public AccessRules {
        Objects.requireNonNull(list);
        Objects.requireNonNull(view);
        Objects.requireNonNull(create);
        Objects.requireNonNull(update);
        Objects.requireNonNull(delete);
    }
}
