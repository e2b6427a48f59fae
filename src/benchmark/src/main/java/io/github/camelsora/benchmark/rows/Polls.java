package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.VideoTask;

/** Counts the questions for each task, and how late its end was seen. Tasks have their number as key. Thread-safe. */
final class Polls implements TaskListener {
    private final double[] seconds;
    private final double timesFaster;
    private final long[] acceptedAt;
    private final int[] gets;
    private final double[] lags;
    private int ended;

    Polls(double[] seconds, double timesFaster) {
        this.seconds = seconds;
        this.timesFaster = timesFaster;
        acceptedAt = new long[seconds.length];
        gets = new int[seconds.length];
        lags = new double[seconds.length];
    }

    @Override
    public synchronized void seen(VideoTask task) {
        int number = Integer.parseInt(task.key());
        if (acceptedAt[number] == 0) {
            acceptedAt[number] = System.nanoTime();
            return;
        }
        gets[number]++;
        if (task.status().isTerminal()) {
            ended++;
            lags[number] = (System.nanoTime() - acceptedAt[number]) / 1e9 - seconds[number] / timesFaster;
        }
    }

    synchronized boolean areAllEnded() {
        return ended == seconds.length;
    }

    /** How many questions one task took, in the mean of those from a number on. */
    synchronized double gets(int from) {
        double sum = 0;
        for (int i = from; i < gets.length; i++) {
            sum += gets[i];
        }
        return sum / (gets.length - from);
    }

    /** How many seconds an end went unseen, in the mean of those from a number on. */
    synchronized double lag(int from) {
        double sum = 0;
        for (int i = from; i < lags.length; i++) {
            sum += lags[i];
        }
        return sum / (lags.length - from);
    }
}
