package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a file is to lie: below a directory that it cannot leave.
 *
 * @param directory the directory, absolute
 * @param file the file, absolute, below the directory
 */
public record FileTarget(Path directory, Path file) {
    private static final int LONGEST_NAME = 120;
    private static final int CHECKSUM_BYTES = 8;
    /** An id that ends like a checksum gets one of its own, or its name could be that of another id. */
    private static final Pattern CHECKSUM = Pattern.compile("-[0-9a-f]{16}$");

    /**
     * Creates a target.
     *
     * @param directory the directory
     * @param name the file's name relative to the directory, with or without folders; null to derive it from the task's id
     * @param taskId the service's id, which may hold any character
     * @return the target
     * @throws IllegalArgumentException if the directory or the name is empty, or the file would be outside of the directory
     */
    public static FileTarget of(String directory, String name, String taskId) {
        return of(directory, name, taskId, ".mp4");
    }

    /**
     * Creates a target.
     *
     * @param directory the directory
     * @param name the file's name relative to the directory, with or without folders; null to derive it from the task's id
     * @param taskId the service's id, which may hold any character
     * @param end the extension of a name that is derived from the id, say {@code .mp4}
     * @return the target
     * @throws IllegalArgumentException if the directory or the name is empty, or the file would be outside of the directory
     */
    public static FileTarget of(String directory, String name, String taskId, String end) {
        if (directory == null || directory.isBlank()) {
            throw new IllegalArgumentException("The directory for the download is empty");
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("The name for the download is empty");
        }
        try {
            Path root = Path.of(directory).toAbsolutePath().normalize();
            Path file =
                    root.resolve(name == null ? safeName(taskId) + end : name).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IllegalArgumentException("The file '" + name + "' would lie outside of its directory");
            }
            return new FileTarget(root, file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The file '" + e.getInput() + "' cannot be stored: " + e.getReason(), e);
        }
    }

    /** A file name for any id: replaces special characters, and adds a checksum so that no two ids share a name. */
    private static String safeName(String taskId) {
        String plain = taskId.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+|^$", "_");
        boolean isSame = plain.equals(taskId)
                && plain.length() <= LONGEST_NAME
                && !CHECKSUM.matcher(plain).find();
        String shorter = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return isSame ? plain : shorter + "-" + checksum(taskId);
    }

    private static String checksum(String text) {
        byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_16));
        return HexFormat.of().formatHex(digest, 0, CHECKSUM_BYTES);
    }

    /**
     * Checks that the names are short enough for file systems. The file gets its name only when it is whole, which is too late
     * to find out.
     *
     * @param room how many bytes may be added to the name of the file
     * @throws IllegalArgumentException if a name, or the whole path, is too long; the message says how long it may be
     */
    public void checkLength(int room) {
        NameLimits.check(file, room);
    }

    /**
     * The same target with a number before the extension, say {@code video-1.mp4}.
     *
     * @param number the number
     * @return the target
     */
    public FileTarget numbered(int number) {
        return new FileTarget(
                directory, file.resolveSibling(numbered(file.getFileName().toString(), number)));
    }

    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    /**
     * Creates missing folders and resolves the file's path. Symbolic links are followed as long as they stay below the
     * directory; the directory itself may be one.
     *
     * @return the path to store the file at, in a folder without symbolic links
     * @throws DownloadRejectedException if a link leads outside
     */
    Path createFolders() throws IOException {
        Files.createDirectories(directory);
        Path root = directory.toRealPath();
        Path folder = root;
        for (Path name : directory.relativize(file.getParent())) {
            if (!name.toString().isEmpty()) {
                // One by one: a link must be checked before a folder is created behind it.
                folder = inside(root, folder(folder.resolve(name)));
            }
        }
        return folder.resolve(file.getFileName());
    }

    /** Checks that an existing file is inside of the directory, links resolved. */
    Path requireInside(Path existing) throws IOException {
        inside(directory.toRealPath(), existing.toRealPath());
        return existing;
    }

    private static Path folder(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            // Another program or an earlier download created it.
        }
        return path.toRealPath();
    }

    private static Path inside(Path root, Path path) throws DownloadRejectedException {
        if (!path.startsWith(root)) {
            throw new DownloadRejectedException("a symbolic link leads out of the directory");
        }
        return path;
    }

    /**
     * The name of a stored file relative to the directory.
     *
     * @param stored the file
     * @return the name, with folders where there are some
     */
    public String relativeName(Path stored) {
        try {
            return directory.toRealPath().relativize(stored).toString();
        } catch (IOException e) {
            return directory.relativize(stored).toString();
        }
    }
}
