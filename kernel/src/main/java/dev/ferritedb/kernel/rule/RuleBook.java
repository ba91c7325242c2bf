package dev.ferritedb.kernel.rule;

/// The compiled rules of one collection. `auth` and `manage` are locked for collections that are no auth
/// collections.
public record RuleBook(
        CompiledRule list,
        CompiledRule view,
        CompiledRule create,
        CompiledRule update,
        CompiledRule delete,
        CompiledRule auth,
        CompiledRule manage) {}
