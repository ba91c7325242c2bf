package dev.ferritedb.fs;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Rights of new files and folders: the owner's alone, where the file system knows such rights.
final class OwnerOnly {
    private final boolean posix;

    private OwnerOnly(boolean posix) {
        this.posix = posix;
    }

    static OwnerOnly on(Path folder) {
        return new OwnerOnly(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    FileAttribute<?>[] file() {
        return attribute("rw-------");
    }

    FileAttribute<?>[] folder() {
        return attribute("rwx------");
    }

    private FileAttribute<?>[] attribute(String rights) {
        if (!posix) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))};
    }
}
