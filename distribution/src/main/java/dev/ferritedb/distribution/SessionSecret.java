package dev.ferritedb.distribution;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.distribution.configuration.Configuration;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/// The secret that signs the tokens of sessions, made at the first start and kept in the data folder. Whoever
/// deletes the file ends all sessions.
final class SessionSecret {
    static final String FILE = "jwt_secret";
    private static final int BYTES = 32;

    private SessionSecret() {}

    /// @throws CommandFailure when it can't be read or made, or could be guessed
    static String in(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (!Files.exists(file)) make(file);
            forOwnerAlone(file);
            String secret = Files.readString(file).strip();
            if (!Configuration.isWeakSecret(secret)) return secret;
        } catch (IOException unusable) {
            throw new CommandFailure("the secret of sessions in " + file + " cannot be used: " + unusable, unusable);
        }
        throw new CommandFailure("the secret of sessions in " + file
                + " could be guessed: delete the file to have a new one made, which ends all sessions");
    }

    /// A copied or restored file may have come with other rights.
    private static void forOwnerAlone(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        Set<PosixFilePermission> ownerAlone = PosixFilePermissions.fromString("rw-------");
        if (!Files.getPosixFilePermissions(file).equals(ownerAlone)) Files.setPosixFilePermissions(file, ownerAlone);
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
