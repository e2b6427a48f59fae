package io.github.camelsora.benchmark.service;

/**
 * What the service was asked until now.
 *
 * @param submits submits that it has received
 * @param accepted those of them that became tasks
 * @param polls questions for a task
 * @param refusals answers 429, to any call
 * @param lateRefusals those of them that were sent a second after the first or later
 */
public record Counts(long submits, long accepted, long polls, long refusals, long lateRefusals) {

    String toLine() {
        return submits + " " + accepted + " " + polls + " " + refusals + " " + lateRefusals;
    }

    static Counts ofLine(String line) {
        String[] parts = line.split(" ");
        return new Counts(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
