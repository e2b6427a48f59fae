package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.camel.key.Mutations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever name or id comes, its file lies in its directory, and no two ids have one file. */
class NameCrowdTest {
    private static final List<String> SEEDS = List.of(
            "video.mp4",
            "a/b/video.mp4",
            "../video.mp4",
            "/videos/x.mp4",
            "/etc/passwd",
            "video_01K8SGYNNNVBQTXNR4MM964S7K",
            "video_7497f4d5-0000-4000-8000-000000000000",
            "tsk_vid_1",
            "видео 🎬.mp4",
            "..",
            "C:\\x.mp4",
            "a b",
            "");

    private static final List<String> PIECES = List.of(
            "../",
            "..",
            "/",
            "//",
            "./",
            "\\",
            "..\\",
            "\0",
            "%2e%2e%2f",
            "%00",
            "\n",
            "~",
            "${x}",
            ":",
            "CON",
            "|",
            "\u202e",
            "..;/",
            "/videos/",
            "/videos",
            "a".repeat(300),
            "é",
            "\u2215",
            ".",
            "-0123456789abcdef");

    @Test
    void noneOfAHundredThousandNamesLeavesItsDirectory() {
        Mutations mutations = new Mutations(11, SEEDS, PIECES);

        for (int i = 0; i < 100_000; i++) {
            NameRules.checkName(mutations.nextText());
        }
    }

    @Test
    void noTwoOfAHundredThousandIdsShareAFile() {
        Mutations mutations = new Mutations(13, SEEDS, PIECES);
        Map<String, String> idsByName = new HashMap<>();

        for (int i = 0; i < 100_000; i++) {
            String id = mutations.nextText();
            String other = idsByName.put(NameRules.checkId(id), id);
            assertThat(other == null || other.equals(id))
                    .as("'%s' and '%s' share a file", id, other)
                    .isTrue();
        }
    }

    @Test
    void anIdThatLooksLikeTheNameOfAnotherHasAFileOfItsOwn() {
        String name = NameRules.checkId("a/b");

        assertThat(NameRules.checkId(name.replace(".mp4", ""))).isNotEqualTo(name);
    }
}
