package io.github.camelsora.crash;

/**
 * A message of the broker: a wish for a remix.
 *
 * @param kind whether somebody waits for the video
 * @param key the key of the message, which is that of the remix
 */
record Message(Kind kind, String key) {
    /** Whether the route that submits it waits for the end. */
    enum Kind {
        FORGET,
        WAIT
    }

    private static final String FAILING = "-fails";

    /** One of many messages: each third is waited for, and of each seventh the task is accepted and fails. */
    static Message of(String key, int number) {
        return new Message(number % 3 == 0 ? Kind.WAIT : Kind.FORGET, number % 7 == 6 ? key + FAILING : key);
    }

    /** What a key asks for; the simulator fails tasks by a word in it. */
    static String prompt(String key) {
        return "Remix " + key + (key.endsWith(FAILING) ? " [fail]" : "");
    }

    /** The key that a prompt was made from. */
    static String keyOf(String prompt) {
        return prompt.split(" ")[1];
    }
}
