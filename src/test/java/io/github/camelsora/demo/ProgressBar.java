package io.github.camelsora.demo;

import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.VideoTask;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Prints the progress of a task, and about how long it still runs when that is known: a moving bar on a terminal, plain lines
 * elsewhere.
 */
final class ProgressBar implements TaskListener {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean isTerminal;
    private final InstantSource clock;
    private String shown = "";

    ProgressBar(PrintStream out, boolean isTerminal, InstantSource clock) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.clock = clock;
    }

    @Override
    public void seen(VideoTask task) {
        seen(task, null);
    }

    @Override
    public synchronized void seen(VideoTask task, Instant expectedAt) {
        int percent = task.progress() == null ? 0 : task.progress();
        String left = expectedAt == null ? "" : TimeLeft.words(clock.instant(), expectedAt);
        if (isTerminal) {
            String bar = "#".repeat(percent * WIDTH / 100) + ".".repeat(WIDTH - percent * WIDTH / 100);
            show(String.format("\r[%s] %3d %% %-12s%-18s", bar, percent, task.status(), left), "");
        } else {
            // The time alone is no news: it would be a line for each poll.
            String line = "task " + task.id() + " " + task.status() + " " + percent / 10 * 10 + " %";
            show(line, (left.isEmpty() ? "" : ", " + left) + System.lineSeparator());
        }
    }

    /** Prints a line unless it is the one that is shown, whatever is behind it. */
    private void show(String line, String behind) {
        if (!line.equals(shown)) {
            out.print(line + behind);
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
