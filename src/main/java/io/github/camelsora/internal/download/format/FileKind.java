package io.github.camelsora.internal.download.format;

/** What a file is expected to be; anything else is broken. */
public enum FileKind {
    /** A video, of any of the common formats. */
    VIDEO("video", "a video"),
    /** An image. */
    IMAGE("image", "an image");

    private final String type;
    private final String label;

    FileKind(String type, String label) {
        this.type = type;
        this.label = label;
    }

    /** What to call it in a sentence. */
    String label() {
        return label;
    }

    /** Tells whether a media type without parameters is one of this kind, and harmless as a header. */
    public boolean isTypeOf(String mediaType) {
        return mediaType != null && mediaType.matches("(?i)" + type + "/[a-z0-9][a-z0-9.+-]{0,60}");
    }
}
