package io.github.camelsora.download;

/** What a file is expected to be; anything else is broken. */
public enum FileKind {
    /** A video, of any of the common formats. */
    VIDEO("video"),
    /** An image. */
    IMAGE("image");

    private final String type;

    FileKind(String type) {
        this.type = type;
    }

    /** Tells whether a media type without parameters is one of this kind, and harmless as a header. */
    boolean isTypeOf(String mediaType) {
        return mediaType != null && mediaType.matches("(?i)" + type + "/[a-z0-9][a-z0-9.+-]{0,60}");
    }
}
