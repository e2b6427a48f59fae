package io.github.camelsora.crash;

/**
 * A message of the broker, which asks for a remix.
 *
 * @param kind whether its route waits for the video
 * @param key the key of the message, and of the submit
 */
record RemixMessage(Kind kind, String key) {
    /** Whether the route that submits it waits for the completion. */
    enum Kind {
        FORGET,
        WAIT
    }

    private static final String FAILING = "-fails";

    /** One of many messages: the route waits for every third, and the task of every seventh is accepted and fails. */
    static RemixMessage of(String key, int number) {
        return new RemixMessage(number % 3 == 0 ? Kind.WAIT : Kind.FORGET, number % 7 == 6 ? key + FAILING : key);
    }

    /** The prompt of a key. A word in it makes the simulator fail the task. */
    static String prompt(String key) {
        return "Remix " + key + (key.endsWith(FAILING) ? " [fail]" : "");
    }

    /** The key that a prompt was made from. */
    static String keyOf(String prompt) {
        return prompt.split(" ")[1];
    }
}
