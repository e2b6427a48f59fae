package io.github.camelsora.simulator;

/** The vendor's groups of customers, with their documented limits. */
public enum LimitGroup {
    /** Customers without a special agreement: 300 submits and 3 000 queries a minute. */
    DEFAULT(300, 50, 3_000, 500),
    /** 1 000 submits and 10 000 queries a minute. */
    VIP(1_000, 167, 10_000, 1_667),
    /** 2 000 submits and 30 000 queries a minute. */
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
