package io.github.camelsora.benchmark.rivals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has come of a run.
 *
 * @param rival whose run it was
 * @param database the address of the database that it had, as it left it
 * @param orders how many orders there were
 * @param paid how many submits of each order were accepted, which is what is paid for
 * @param notified how many notifications of each order came
 * @param stored the orders whose video is there, whole
 * @param repeatedOverKill the orders that were notified just before the kill, and once more after the restart
 * @param submits submits that the service has received, accepted or not
 * @param gets queries that the service has received
 * @param faults what it did wrong
 * @param threads the most live threads of the program
 * @param seconds from the acceptance of the first order until the last first notification of an order
 * @param lines lines that its user writes
 * @param hasEnded whether the program had ended by itself, which none should
 */
record RivalBooks(
        Rival rival,
        String database,
        int orders,
        Map<String, Integer> paid,
        Map<String, Integer> notified,
        Set<String> stored,
        Set<String> repeatedOverKill,
        long submits,
        long gets,
        Faults faults,
        int threads,
        double seconds,
        int lines,
        boolean hasEnded) {

    /**
     * What the service and the program were put through.
     *
     * @param lost accepted submits whose answers were lost
     * @param unavailable submits that were answered with 503
     * @param limited submits that were answered with 429
     * @param acceptedBeforeKill orders that were accepted when the program was killed
     */
    record Faults(long lost, long unavailable, long limited, int acceptedBeforeKill) {}

    /** {@return the orders that were paid more than once} */
    Set<String> paidTwice() {
        return paid.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return how many submits were paid beyond the first of an order} */
    int paidTooMuch() {
        return beyondFirst(paid);
    }

    /** {@return how many orders were never paid for, and so will never have a video} */
    int neverPaid() {
        return orders - paid.size();
    }

    /** {@return the orders that were paid for, and not delivered: not notified, or without a whole video} */
    Set<String> paidNotDelivered() {
        return paid.keySet().stream()
                .filter(order -> !notified.containsKey(order) || !stored.contains(order))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return how many notifications came beyond the first of an order} */
    int deliveredTwice() {
        return beyondFirst(notified);
    }

    private static int beyondFirst(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count - 1).sum();
    }

    @Override
    public String toString() {
        return new RivalRuns(List.of(this)).toString();
    }
}
