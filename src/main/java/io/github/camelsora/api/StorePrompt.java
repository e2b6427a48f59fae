package io.github.camelsora.api;

/** What the ledger stores of the prompt of a request, written as users type it. The service is always sent the full prompt. */
public enum StorePrompt {
    /** The prompt, so that an operator can read it and retry the request. */
    full,
    /** A digest, by which another prompt under the same key is recognised. */
    hash,
    /** Nothing: two requests that differ only in their prompts count as the same. */
    none
}
