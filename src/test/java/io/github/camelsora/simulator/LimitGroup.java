package io.github.camelsora.simulator;

/** The groups of the vendor's customers, and what its documentation allows each. */
public enum LimitGroup {
    /** Who has agreed on nothing: 300 submits and 3 000 queries a minute. */
    DEFAULT(300, 50, 3_000, 500),
    /** 1 000 and 10 000 a minute. */
    VIP(1_000, 167, 10_000, 1_667),
    /** 2 000 and 30 000 a minute. */
    SVIP(2_000, 334, 30_000, 5_000);

    private final int submits;
    private final int submitBurst;
    private final int queries;
    private final int queryBurst;

    LimitGroup(int submits, int submitBurst, int queries, int queryBurst) {
        this.submits = submits;
        this.submitBurst = submitBurst;
        this.queries = queries;
        this.queryBurst = queryBurst;
    }

    Allowance submits(Burst meaning) {
        return new Allowance(submits, submitBurst, meaning);
    }

    Allowance queries(Burst meaning) {
        return new Allowance(queries, queryBurst, meaning);
    }
}
