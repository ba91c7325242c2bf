package dev.ferritedb.ports.identity;

/// Turns passwords into hashes that are slow to guess. Blocks; bounded, so that a flood of sign-ins can't take
/// every core. Texts that are equal in Unicode's normal form C are one password; all of a
/// password counts, however long.
public interface PasswordHasher {
    /// @return a self-describing hash (PHC text) with a salt of its own
    String hash(String password);

    /// Takes as long for a wrong password, an empty or an unreadable hash as for the right one.
    boolean verify(String password, String hash);
}
