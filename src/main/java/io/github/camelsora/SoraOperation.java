package io.github.camelsora;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The operation of an endpoint: the word after {@code sora:}, written as users type it. This is the one list of
 * operations. CONTRIBUTING names the places that depend on it: the compiler or a test finds those that each operation needs, and
 * not those that only some need.
 */
public enum SoraOperation {
    /** Submits a remix and, by default, waits for its result. */
    remix,
    /** Submits a continuation of a video and, by default, waits for its result. */
    extend,
    /** Submits a new video and, by default, waits for its result. */
    generate,
    /** Queries a task once. */
    status,
    /** Waits for the result of a task that was submitted elsewhere. */
    await,
    /** Stores the video of a task in a file, after waiting for its result. */
    download,
    /** Queries the balance of the account. */
    balance,
    /** Queries which models the account may use. */
    models,
    /** Reads the ledger, and acts on it for an operator. */
    ledger,
    /** Receives tasks that have ended while no exchange was waiting for them. */
    tasks,
    /** Receives the vendor's events. */
    webhook;

    /**
     * Tells whether the operation sends requests to the service, which need an API key.
     *
     * @return false for an operation that only receives
     */
    public boolean needsApiKey() {
        return switch (this) {
            case remix, extend, generate, status, await, download, balance, models, tasks -> true;
            case ledger, webhook -> false;
        };
    }

    /**
     * Tells whether the operation is used in {@code from()}, so that it starts routes instead of processing messages.
     *
     * @return false for an operation that is used in {@code to()}
     */
    public boolean isConsumer() {
        return switch (this) {
            case remix, extend, generate, status, await, download, balance, models, ledger -> false;
            case tasks, webhook -> true;
        };
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
