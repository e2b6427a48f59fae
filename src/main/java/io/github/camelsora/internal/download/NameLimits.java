package io.github.camelsora.internal.download;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How long names and paths may be on common file systems. Some allow less, which only a write can show. */
final class NameLimits {
    /** In bytes on Unix; in characters on Windows. */
    private static final int LONGEST_NAME = 255;

    /** PATH_MAX without its closing zero, on Linux and on macOS; Java has no such limit on Windows. */
    private static final int LONGEST_PATH = 4_095;

    private static final int LONGEST_PATH_ON_MAC = 1_023;

    /** The length of a part file's name; part files are in the folder of their target. */
    private static final int PART_NAME = 48;

    private static final int SHOWN = 40;
    private static final boolean IS_WINDOWS = File.separatorChar == '\\';
    private static final boolean IS_MAC = System.getProperty("os.name", "").startsWith("Mac");

    private NameLimits() {}

    /**
     * Checks all names of a path.
     *
     * @param room how many bytes may be added to the last name
     */
    static void check(Path file, int room) {
        int last = file.getNameCount() - 1;
        for (int i = 0; i <= last; i++) {
            check(file.getName(i).toString(), i == last ? room : 0);
        }
        int longest = IS_MAC ? LONGEST_PATH_ON_MAC : LONGEST_PATH;
        int folder = file.getParent() == null ? 0 : length(file.getParent().toString());
        int path = Math.max(length(file.toString()) + room, folder + 1 + PART_NAME);
        if (!IS_WINDOWS && path > longest) {
            throw new IllegalArgumentException("The path of the file is too long: it may have " + longest
                    + " bytes including what is added while it is stored, and has " + path);
        }
    }

    private static void check(String name, int room) {
        int length = length(name);
        if (length + room > LONGEST_NAME) {
            String added = room == 0
                    ? ""
                    : ", of which " + room
                            + " are kept for what fileExist=Rename, keepBroken and videoIndex=all add to it";
            throw new IllegalArgumentException("The file name '" + abbreviate(name) + "' is too long: a name may have "
                    + LONGEST_NAME + (IS_WINDOWS ? " characters" : " bytes (as UTF-8)") + added + ", and this one has "
                    + length);
        }
    }

    private static int length(String text) {
        return IS_WINDOWS ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String abbreviate(String name) {
        return name.codePointCount(0, name.length()) <= SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
