package io.github.camelsora.benchmark;

import java.io.IOException;

/** Work on connections, which is over when one side closes its end. */
public interface SocketWork {
    /**
     * Does it.
     *
     * @throws IOException if a side has closed its end
     */
    void run() throws IOException;

    /**
     * Begins it in a daemon thread of its own.
     *
     * @param thread the name of the thread
     * @param work the work
     */
    static void begin(String thread, SocketWork work) {
        Thread worker = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two sides has closed its end.
                    }
                },
                thread);
        worker.setDaemon(true);
        worker.start();
    }
}
