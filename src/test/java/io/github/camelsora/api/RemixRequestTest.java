package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request is a value: it is built by copies, and nothing changes it afterwards. */
class RemixRequestTest {
    private static final RemixRequest PUPPY = RemixRequest.of("video_1", "Add a puppy");

    @Test
    void aRequestIsBuiltStepByStep() {
        RemixRequest built = PUPPY.withModel("sora-2-pro").withDuration(25).withAspectRatio("1:1");

        assertThat(built).isEqualTo(new RemixRequest("video_1", "Add a puppy", "sora-2-pro", 25, "1:1", Map.of()));
    }

    @Test
    void eachStepLeavesTheRequestBeforeItAlone() {
        PUPPY.withModel("sora-2-pro").withDuration(25).withAspectRatio("1:1");

        assertThat(PUPPY).isEqualTo(RemixRequest.of("video_1", "Add a puppy"));
    }

    @Test
    void furtherFieldsAreCopied() {
        Map<String, Object> more = new HashMap<>(Map.of("size", "720x720"));
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, more);

        more.put("size", "1x1");

        assertThat(request.more()).containsExactly(Map.entry("size", "720x720"));
    }

    @Test
    void furtherFieldsCannotBeChanged() {
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, new HashMap<>());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.more().put("n", 4));
    }

    @Test
    void furtherFieldsMayBeNull() {
        Map<String, Object> more = new HashMap<>();
        more.put("style", null);

        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, more);

        assertThat(request.more()).containsEntry("style", null);
    }

    @Test
    void noFurtherFieldsAreAnEmptyMap() {
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, null);

        assertThat(request.more()).isEmpty();
    }

    @Test
    void whatLiesInsideAFurtherFieldIsCopiedToo() {
        Map<String, Object> metadata = new HashMap<>(Map.of("n", 1));
        RemixRequest request = new RemixRequest(
                "video_1", "Add a puppy", null, null, null, Map.of("metadata", metadata, "urls", List.of("a")));

        metadata.put("n", 4);

        assertThat(request.more()).containsEntry("metadata", Map.of("n", 1));
    }
}
