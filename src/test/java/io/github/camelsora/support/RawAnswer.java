package io.github.camelsora.support;

/**
 * What a server has said, with line, headers and body.
 *
 * @param text all of it
 */
public record RawAnswer(String text) {

    public int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    public String withoutDate() {
        return text.replaceFirst("(?i)\r\ndate: [^\r]*", "");
    }
}
