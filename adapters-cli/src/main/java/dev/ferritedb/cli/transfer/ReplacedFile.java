package dev.ferritedb.cli.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that gets its new content whole or not at all: written beside it and renamed over it. Readable by its owner
/// alone.
public final class ReplacedFile implements AutoCloseable {
    private final Path target;
    private final Path beside;
    private final FileChannel channel;

    private ReplacedFile(Path target, Path beside, FileChannel channel) {
        this.target = target;
        this.beside = beside;
        this.channel = channel;
    }

    public static ReplacedFile of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || absolute.getFileName() == null || Files.isDirectory(absolute)) {
            throw new IOException(target + " is a folder; name a file");
        }
        if (!Files.isDirectory(folder)) throw new IOException("there is no folder " + folder);
        Path beside = Files.createTempFile(folder, "." + absolute.getFileName() + ".", ".tmp");
        return new ReplacedFile(absolute, beside, FileChannel.open(beside, StandardOpenOption.WRITE));
    }

    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /// Puts what was written in the place of the target; on disk when this returns.
    public void complete() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Without [#complete] nothing has happened.
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(beside);
    }
}
