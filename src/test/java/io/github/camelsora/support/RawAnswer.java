package io.github.camelsora.support;

/**
 * An answer of a server, with status line, headers and body.
 *
 * @param text the whole answer
 */
public record RawAnswer(String text) {

    public int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    public String withoutDate() {
        return text.replaceFirst("(?i)\r\ndate: [^\r]*", "");
    }
}
