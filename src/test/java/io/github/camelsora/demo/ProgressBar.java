package io.github.camelsora.demo;

import io.github.camelsora.api.VideoTask;
import java.io.PrintStream;

/** Prints the progress of a task: a moving bar on a terminal, plain lines elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean isTerminal;
    private String shown = "";

    ProgressBar(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    synchronized void show(VideoTask task) {
        int percent = task.progress() == null ? 0 : task.progress();
        String line = isTerminal
                ? "[" + "#".repeat(percent * WIDTH / 100) + ".".repeat(WIDTH - percent * WIDTH / 100) + "] "
                        + String.format("%3d %% %-12s", percent, task.status())
                : "task " + task.id() + " " + task.status() + " " + percent / 10 * 10 + " %";
        if (!line.equals(shown)) {
            out.print(isTerminal ? "\r" + line : line + System.lineSeparator());
            out.flush();
            shown = line;
        }
    }

    synchronized void end() {
        if (isTerminal) {
            out.println();
        }
    }
}
