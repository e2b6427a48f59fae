package io.github.camelsora.internal.download;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What holds of whatever file names and ids come. */
public final class NameRules {
    private static final Path ROOT = Path.of("/videos").toAbsolutePath();

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.mp4");

    private NameRules() {}

    /** Makes a place for a name that a route gives; fails when it lies outside. */
    public static void checkName(String name) {
        FileTarget target;
        try {
            target = FileTarget.of("/videos", name, "video_1");
        } catch (IllegalArgumentException refused) {
            return;
        }
        checkInside(target);
        checkInside(target.numbered(1));
    }

    /** Makes a place for an id that the service gives, which always works; answers its name. */
    public static String checkId(String id) {
        FileTarget target = FileTarget.of("/videos", null, id);
        checkInside(target);
        String name = target.file().getFileName().toString();
        require(ROOT.equals(target.file().getParent()), "an id makes no folders", target);
        require(PLAIN.matcher(name).matches() && name.length() < 200, "an id makes a plain name", target);
        return name;
    }

    private static void checkInside(FileTarget target) {
        Path file = target.file();
        require(
                file.normalize().equals(file) && file.startsWith(ROOT) && !file.equals(ROOT),
                "a file lies in its directory",
                target);
    }

    /** Cheaper than an assertion of AssertJ, of which there would be a million. */
    private static void require(boolean holds, String rule, Object subject) {
        if (!holds) {
            throw new AssertionError(rule + ": " + subject);
        }
    }
}
