package dev.ferritedb.kernel.rule;

/// For whom a filter or sort is read: it decides which names there are.
public enum Audience {
    /// Rules and superusers: every field, `@request.` and `@collection.`.
    TRUSTED,

    /// Everybody else. A hidden field does not exist for them, nor does a collection whose list rule is locked.
    /// What is reached through another collection must satisfy that one's list rule; e-mail addresses count where
    /// visible.
    PUBLIC
}
