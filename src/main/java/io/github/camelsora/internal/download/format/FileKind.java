package io.github.camelsora.internal.download.format;

/** The expected kind of a file; a file of another kind is rejected. */
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

    /** The noun for a message. */
    String label() {
        return label;
    }

    /**
     * Tells whether a media type is one of this kind and safe as the value of a header.
     *
     * @param mediaType the media type without parameters; may be null
     * @return true if so
     */
    public boolean isTypeOf(String mediaType) {
        return mediaType != null && mediaType.matches("(?i)" + type + "/[a-z0-9][a-z0-9.+-]{0,60}");
    }
}
