package io.github.camelsora.simulator;

/**
 * The kinds of calls that the simulator distinguishes, and the groups by which a fault applies to several of them.
 */
public enum Call {
    /** A submit of a remix, {@code POST /v1/videos/{video_id}/remix}. */
    SUBMIT_REMIX,
    /** A submit of a continuation, {@code POST /v1/videos/{video_id}/extend}. */
    SUBMIT_EXTEND,
    /** A submit of a new video, {@code POST /v1/videos/generations}. */
    SUBMIT_GENERATION,
    /** Any submit. A group: no received request has it as its own kind. */
    SUBMIT,
    /**
     * A status query of one task, {@code GET /v1/videos/generations/{task_id}}, by its id or by its {@code client_business_id}.
     */
    STATUS,
    /** A balance query, {@code GET /v1/balance} or {@code GET /v1/user/balance}. */
    BALANCE,
    /** A query of the models that the key may use, {@code GET /v1/models}. */
    MODELS,
    /** Any request to the file host, and a download from OpenAI's Videos API. */
    FILE,
    /** A request to the API with an unknown path or method. */
    OTHER,
    /** Every call. A group: no received request has it as its own kind. */
    ANY;

    /**
     * Tells whether this kind or group includes a kind of call.
     *
     * @param call the kind of a received request
     * @return true if this is that kind or a group that includes it
     */
    public boolean covers(Call call) {
        return this == ANY || this == call || this == SUBMIT && call.isSubmit();
    }

    boolean isSubmit() {
        return this == SUBMIT_REMIX || this == SUBMIT_EXTEND || this == SUBMIT_GENERATION || this == SUBMIT;
    }
}
