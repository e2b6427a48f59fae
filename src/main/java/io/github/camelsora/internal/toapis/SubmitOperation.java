package io.github.camelsora.internal.toapis;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** The paid operations of the service: each is a POST to an address of its own. */
public enum SubmitOperation {
    REMIX(true),
    EXTEND(true),
    GENERATE(false);

    private final boolean isOfVideo;
    private final String word;

    SubmitOperation(boolean isOfVideo) {
        this.isOfVideo = isOfVideo;
        word = name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds an operation by its word.
     *
     * @param word say {@code remix}, as in the record of a task
     * @throws IllegalArgumentException if no request is submitted by it
     */
    public static SubmitOperation of(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' submits no request"));
    }

    /** The word of users and of the ledger, say {@code remix}. */
    public String word() {
        return word;
    }

    /** Tells whether the address names a video, which the request changes or continues. */
    public boolean isOfVideo() {
        return isOfVideo;
    }

    URI address(BaseUrl base, String videoId) {
        return isOfVideo ? base.resolve("v1", "videos", videoId, word) : base.resolve("v1", "videos", "generations");
    }
}
