package dev.ferritedb.kernel.mail;

/// What an account is told after the fact.
public sealed interface Notice {
    enum PasswordChanged implements Notice {
        PASSWORD_CHANGED
    }

    /// Told to both addresses.
    ///
    /// @param before the address until then
    record EmailChanged(String before) implements Notice {}
}
