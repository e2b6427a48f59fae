package io.github.camelsora.internal.poll.learned;

import java.util.stream.IntStream;

/**
 * The bins of a histogram of ages, from 0 to a week. Each is longer than the one before by the same ratio, so the resolution is
 * the same for a task of a second and one of an hour. Ages are in seconds.
 */
final class AgeBins {
    private static final double FIRST = 0.01;
    private static final double RATIO = 1.015;
    private static final double LONGEST = 7 * 86_400;
    private static final double LOG_RATIO = Math.log(RATIO);

    static final int COUNT = of(LONGEST) + 1;

    private static final double[] BEGINS = IntStream.rangeClosed(0, COUNT)
            .mapToDouble(bin -> bin == 0 ? 0 : FIRST * Math.exp((bin - 1) * LOG_RATIO))
            .toArray();

    private AgeBins() {}

    /** The bin of an age; the last one for ages over a week. */
    static int of(double age) {
        return age < FIRST ? 0 : (int) (Math.log(Math.min(age, LONGEST) / FIRST) / LOG_RATIO) + 1;
    }

    /** The age at which a bin begins. */
    static double begin(int bin) {
        return BEGINS[bin];
    }

    static double width(int bin) {
        return begin(bin + 1) - begin(bin);
    }

    static double middle(int bin) {
        return (begin(bin) + begin(bin + 1)) / 2;
    }

    /** How much of a bin lies between two ages. */
    static double overlap(int bin, double from, double to) {
        return Math.max(0, Math.min(to, begin(bin + 1)) - Math.max(from, begin(bin)));
    }
}
