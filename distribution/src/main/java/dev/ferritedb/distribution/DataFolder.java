package dev.ferritedb.distribution;

import dev.ferritedb.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The folder that holds all that is kept. Only its owner may look into it.
final class DataFolder {
    private static final String LOCK = "server.lock";

    private DataFolder() {}

    /// Makes it when it is missing.
    ///
    /// @throws CommandFailure when it can't be made or written
    static void prepare(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                if (posix(folder)) {
                    var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
                    Files.createDirectories(folder, ownerOnly);
                } else {
                    Files.createDirectories(folder);
                }
            }
        } catch (FileAlreadyExistsException notAFolder) {
            throw new CommandFailure("the data folder " + folder + " is a file", notAFolder);
        } catch (IOException impossible) {
            throw new CommandFailure(
                    "the data folder " + folder + " cannot be made: " + reason(impossible), impossible);
        }
        if (!Files.isWritable(folder)) {
            throw new CommandFailure("the data folder " + folder + " cannot be written: permission denied");
        }
    }

    /// Keeps a second server out until the result is closed; other commands may work beside the first.
    ///
    /// @throws CommandFailure when a server has it already
    static FileChannel lockForServer(Path folder) {
        Path file = folder.resolve(LOCK);
        try {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            if (!locks(channel)) {
                channel.close();
                throw new CommandFailure("another server is running on the data folder " + folder);
            }
            return channel;
        } catch (IOException impossible) {
            throw new CommandFailure(
                    "the data folder " + folder + " cannot be locked: " + reason(impossible), impossible);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static boolean posix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : " " + failure.getMessage());
    }
}
