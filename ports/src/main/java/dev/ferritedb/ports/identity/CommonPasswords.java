package dev.ferritedb.ports.identity;

/// The passwords that are tried first by whoever guesses.
@FunctionalInterface
public interface CommonPasswords {
    /// @return whether `password` as a whole is one of them, in whatever case
    boolean contains(String password);
}
