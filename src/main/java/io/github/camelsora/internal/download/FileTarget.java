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
    /** What an id must not end with to be a name as it is, or it could be that of another one. */
    private static final Pattern CHECKSUM = Pattern.compile("-[0-9a-f]{16}$");

    /**
     * Reads a target.
     *
     * @param directory the directory
     * @param name the name of the file below it, with or without folders; null for a name made of the task's id
     * @param taskId the service's id, which may hold anything
     * @return the target
     * @throws IllegalArgumentException if the directory or the name is empty, or the file would lie outside
     */
    public static FileTarget of(String directory, String name, String taskId) {
        return of(directory, name, taskId, ".mp4");
    }

    /**
     * Reads a target.
     *
     * @param directory the directory
     * @param name the name of the file below it, with or without folders; null for a name made of the task's id
     * @param taskId the service's id, which may hold anything
     * @param end how a name that is made of the id ends, say {@code .mp4}
     * @return the target
     * @throws IllegalArgumentException if the directory or the name is empty, or the file would lie outside
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

    /** A name for any id: what is not plain is replaced, and a checksum keeps two such names apart. */
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
     * Checks that file systems take the names. They are told of a file when it is whole, which is too late.
     *
     * @param room how many bytes the name of the file may get more than it has
     * @throws IllegalArgumentException if a name, or the whole path, is too long; the message says how long it may be
     */
    public void checkLength(int room) {
        NameLimits.check(file, room);
    }

    /**
     * The same with a number before the end of the name, say {@code video-1.mp4}.
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
     * Makes the folders that are missing, and finds the file's place on the disk. Symbolic links are followed as long as they
     * stay below the directory; the directory itself may be one.
     *
     * @return where the file is to lie, in a folder without symbolic links
     * @throws DownloadRejectedException if a link leads outside
     */
    Path createFolders() throws IOException {
        Files.createDirectories(directory);
        Path root = directory.toRealPath();
        Path folder = root;
        for (Path name : directory.relativize(file.getParent())) {
            if (!name.toString().isEmpty()) {
                // One by one: a link must be seen before anything is made behind it.
                folder = inside(root, folder(folder.resolve(name)));
            }
        }
        return folder.resolve(file.getFileName());
    }

    /** A file that is there, unless its name is a link that leads outside. */
    Path requireInside(Path there) throws IOException {
        inside(directory.toRealPath(), there.toRealPath());
        return there;
    }

    private static Path folder(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            // By somebody else, or earlier.
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
     * The name of a stored file below the directory.
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
