package dev.ferritedb.distribution;

import dev.ferritedb.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The secret that signs the tokens of sessions, made at the first start and kept in the data folder. Whoever deletes
/// the file ends all sessions.
final class SessionSecret {
    static final String FILE = "jwt_secret";
    private static final int BYTES = 32;
    private static final int CHARACTERS_MIN = 32;

    private SessionSecret() {}

    /// @throws CommandFailure when it can't be read or made, or is too short to be one
    static String in(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (!Files.exists(file)) make(file);
            String secret = Files.readString(file).strip();
            if (secret.length() >= CHARACTERS_MIN) return secret;
        } catch (IOException unusable) {
            throw new CommandFailure("the secret of sessions in " + file + " cannot be used: " + unusable, unusable);
        }
        throw new CommandFailure("the secret of sessions in " + file + " is shorter than " + CHARACTERS_MIN
                + " characters: delete the file to have a new one made, which ends all sessions");
    }

    /// A command and the server may start at once: the first one's stays, and nobody reads half of it.
    private static void make(Path file) throws IOException {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        // Rights of a temporary file are the owner's alone.
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".secret", ".tmp");
        try {
            Files.writeString(whole, HexFormat.of().formatHex(secret));
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException _) {
            // Made by another process meanwhile.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(whole, file);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
