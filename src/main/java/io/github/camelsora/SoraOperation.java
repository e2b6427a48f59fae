package io.github.camelsora;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an endpoint does: the word after {@code sora:}. Written as users type it. */
public enum SoraOperation {
    /** Submits a remix and, by default, waits for its end. */
    remix,
    /** Submits a new video, so that there is something to remix. */
    generate,
    /** Asks once where a task stands. */
    status,
    /** Waits for the end of a task that somebody has submitted. */
    await,
    /** Stores the video of a task in a file, waiting for its end first. */
    download,
    /** Asks what is left to pay with. */
    balance,
    /** Takes tasks that have ended and that nobody waits for. */
    tasks,
    /** Receives the vendor's events. */
    webhook;

    /** Tells whether it asks the service for anything, for which it needs an API key. */
    public boolean needsApiKey() {
        return this != webhook;
    }

    /** Tells whether it is for from(), and so has no message when it begins. */
    public boolean isConsumer() {
        return this == tasks || this == webhook;
    }

    /**
     * Reads the operation of an endpoint's address.
     *
     * @param word the word after {@code sora:}
     * @return the operation
     * @throws IllegalArgumentException if there is no such operation; the message lists the right ones
     */
    static SoraOperation parse(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no operation '" + word + "' in sora:" + word
                        + ". The operations are "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
