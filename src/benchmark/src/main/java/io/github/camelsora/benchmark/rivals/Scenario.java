package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Effort;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What each rival goes through. The orders come one after the other, some of them twice; the program is killed when half of them are
 * accepted, and the service cannot be reached for a while when seven in ten are. Neither comes at the moment of an acceptance, because
 * a program that submits many orders at once would then always be in the middle of it.
 *
 * @param isQuick whether it is the small size, which shows that a rival runs and measures nothing
 * @param seed the seed of all random numbers, so that each rival has the same orders and faults
 * @param orders how many orders there are
 * @param repeated how many of them come a second time
 * @param feeding the time in which the orders come
 * @param task how long a task takes, on average
 * @param spread the kill and the outage come at a random moment within so long after the order that they wait for
 * @param patience if a program is too slow for the kill or the outage, they come after this time
 * @param restart the time from the kill of the program to its restart
 * @param outage how long the service cannot be reached
 * @param settling how long the run goes on when each order was notified, to see whether one is notified again
 * @param quiet the run ends when so long nothing has happened
 * @param limit the run ends in any case
 */
record Scenario(
        boolean isQuick,
        long seed,
        int orders,
        int repeated,
        Duration feeding,
        Duration task,
        Duration spread,
        Duration patience,
        Duration restart,
        Duration outage,
        Duration settling,
        Duration quiet,
        Duration limit) {

    private static final double LOST = 0.05;
    private static final double UNAVAILABLE = 0.05;
    private static final double LIMITED = 0.02;

    /**
     * The scenario for a measurement, or a small one.
     *
     * @param effort which of them, and the seed
     * @return the scenario
     */
    static Scenario of(Effort effort) {
        return new Scenario(
                effort.isQuick(),
                effort.seed(),
                effort.of(200, 20),
                effort.of(40, 4),
                effort.of(Duration.ofSeconds(20), Duration.ofSeconds(4)),
                effort.of(Duration.ofSeconds(10), Duration.ofSeconds(1)),
                effort.of(Duration.ofSeconds(1), Duration.ofMillis(200)),
                effort.of(Duration.ofSeconds(60), Duration.ofSeconds(30)),
                effort.of(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                effort.of(Duration.ofSeconds(20), Duration.ofSeconds(2)),
                effort.of(Duration.ofSeconds(25), Duration.ofSeconds(4)),
                effort.of(Duration.ofSeconds(60), Duration.ofSeconds(15)),
                effort.of(Duration.ofMinutes(6), Duration.ofSeconds(60)));
    }

    /** How many answers to submits are lost, of as many submits as there are orders. */
    int lostAnswers() {
        return share(LOST);
    }

    /** How many submits are answered with 503. */
    int unavailable() {
        // One of each kind.
        return Math.max(2, share(UNAVAILABLE));
    }

    /** How many submits are answered with 429. */
    int limited() {
        return share(LIMITED);
    }

    private int share(double share) {
        return (int) Math.max(1, Math.round(orders * share));
    }

    /** How long the task of an order takes: {@link #task()} give or take a fifth, the same for each program. */
    Duration task(String order) {
        return task.multipliedBy(80 + new SplittableRandom(seed + order.hashCode()).nextInt(41))
                .dividedBy(100);
    }

    /** Moments within the {@link #spread}, the same for each program. */
    SplittableRandom moments() {
        return new SplittableRandom(seed);
    }

    /** How many orders have to be accepted before the program is killed. */
    int acceptedBeforeKill() {
        return orders / 2;
    }

    /** How many orders have to be accepted before the outage begins. */
    int acceptedBeforeOutage() {
        return orders * 7 / 10;
    }
}
