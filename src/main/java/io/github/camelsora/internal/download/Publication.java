package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Gives a whole file its name atomically: no reader ever sees half of it, not even after a power cut. */
final class Publication {
    static final String BROKEN_END = ".broken";

    private static final int MOST_NAMES = 10_000;

    static final String LONGEST_NUMBER = "-" + MOST_NAMES;

    private Publication() {}

    /** Publishes the part under its name. Returns its path; empty when a file of that name exists and is kept. */
    static Optional<Path> publish(PartFile part, Path file, FileExist fileExist) throws IOException {
        part.sync();
        Path published =
                switch (fileExist) {
                    case Override ->
                        Files.move(
                                part.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    case Fail -> {
                        if (!publishIfAbsent(part, file)) {
                            throw alreadyExists(file);
                        }
                        yield file;
                    }
                    case Ignore -> publishIfAbsent(part, file) ? file : null;
                    case Rename -> publishUnderFreeName(part, file);
                };
        syncFolder(file.getParent());
        return Optional.ofNullable(published);
    }

    static DownloadRejectedException alreadyExists(Path file) {
        return new DownloadRejectedException(
                "the file " + file.getFileName() + " exists already, and fileExist is Fail");
    }

    private static Path publishUnderFreeName(PartFile part, Path file) throws IOException {
        String name = file.getFileName().toString();
        Path candidate = file;
        for (int i = 1; i <= MOST_NAMES; i++) {
            if (publishIfAbsent(part, candidate)) {
                return candidate;
            }
            candidate = file.resolveSibling(FileTarget.numbered(name, i));
        }
        throw new DownloadRejectedException("there are " + MOST_NAMES + " files of that name already");
    }

    /** Publishes unless the name exists. By a link, which is atomic; Java's move checks first and moves then. */
    private static boolean publishIfAbsent(PartFile part, Path name) throws IOException {
        // After a crash between link and delete, the part is the published file too, so no download may resume it.
        part.deleteState();
        try {
            Files.createLink(name, part.path());
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Not every file system has links.
            return reserveAndMove(part.path(), name);
        }
        Files.delete(part.path());
        return true;
    }

    private static boolean reserveAndMove(Path part, Path name) throws IOException {
        try {
            Files.createFile(name);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Files.move(part, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    /** Keeps a broken file as {@code <fileName>.broken}. */
    static void keepBroken(PartFile part, Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + BROKEN_END);
        Files.move(part.path(), aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Fails early when the file system rejects the name, and not only when the whole file is there. It does by reading the
     * attributes of a file that does not exist.
     */
    static void checkName(Path file, DownloadRules rules) throws DownloadRejectedException {
        String name = file.getFileName().toString();
        checkName(file);
        if (rules.keepBroken()) {
            checkName(file.resolveSibling(name + BROKEN_END));
        }
        if (rules.fileExist() == FileExist.Rename) {
            checkName(file.resolveSibling(FileTarget.numbered(name, MOST_NAMES)));
        }
    }

    private static void checkName(Path file) throws DownloadRejectedException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // The name is valid.
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
            throw new DownloadRejectedException(
                    "no file can have the name " + file.getFileName() + " in this directory: " + reason, e);
        }
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system can open a folder; there the rename is as durable as that system makes it.
        }
    }

    /** Tells whether the name exists, even as a dangling link. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
