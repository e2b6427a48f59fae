package io.github.camelsora;

/**
 * What a server has said, with line, headers and body.
 *
 * @param text all of it
 */
record RawAnswer(String text) {

    int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    String withoutDate() {
        return text.replaceFirst("(?i)\r\ndate: [^\r]*", "");
    }
}
