package io.github.camelsora.simulator;

/**
 * The kinds of calls that the simulator tells apart, and the groups by which a fault can be aimed at several of them.
 */
public enum Call {
    /** A submit of a remix, {@code POST /v1/videos/{video_id}/remix}. */
    SUBMIT_REMIX,
    /** A submit of a new video, {@code POST /v1/videos/generations}. */
    SUBMIT_GENERATION,
    /** Either submit. A group: no received request has it as its own kind. */
    SUBMIT,
    /**
     * A look at one task, {@code GET /v1/videos/generations/{task_id}}, by its id or by its {@code client_business_id}.
     */
    STATUS,
    /** A look at the money, {@code GET /v1/balance} or {@code GET /v1/user/balance}. */
    BALANCE,
    /** Whatever reaches the file host. */
    FILE,
    /** Whatever reaches the API at a path or with a method that it does not have. */
    OTHER,
    /** Every call. A group: no received request has it as its own kind. */
    ANY;

    /**
     * Tells whether a call of the given kind is meant by this one.
     *
     * @param call the kind of a received request
     * @return true if this is that kind or a group that holds it
     */
    public boolean covers(Call call) {
        return this == ANY || this == call || this == SUBMIT && call.isSubmit();
    }

    boolean isSubmit() {
        return this == SUBMIT_REMIX || this == SUBMIT_GENERATION || this == SUBMIT;
    }
}
