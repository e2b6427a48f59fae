package io.github.camelsora.benchmark.service;

import io.github.camelsora.benchmark.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The simulator in another JVM. */
public final class Service implements AutoCloseable {
    private final Process jvm;
    private final PrintStream in;
    private final BufferedReader out;
    private final String baseUrl;
    private final String apiKey;
    private final String source;
    private final String fileUrl;
    private final String networkUrl;

    private Service(Process jvm) throws IOException {
        this.jvm = jvm;
        in = new PrintStream(jvm.getOutputStream(), true, StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        String[] where = line().split(" ");
        baseUrl = where[0];
        apiKey = where[1];
        source = where[2];
        fileUrl = where[3];
        networkUrl = where[4];
    }

    /**
     * Starts it.
     *
     * @param options what it shall be
     * @return the service, ready to be spoken to
     * @throws IOException if it does not start
     */
    public static Service start(ServiceOptions options) throws IOException {
        return new Service(Jvm.of(ServiceMain.class, options.jvmOptions()).start());
    }

    /** {@return where its API is} */
    public String baseUrl() {
        return baseUrl;
    }

    /** {@return the key to be used with it} */
    public String apiKey() {
        return apiKey;
    }

    /** {@return the id of a video that can be remixed} */
    public String source() {
        return source;
    }

    /**
     * Leads to its videos over a network that gives 125 MB a second.
     *
     * @param text what has addresses of videos in it
     * @return the text with addresses of the network instead
     */
    public String overNetwork(String text) {
        return text.replace(fileUrl, networkUrl);
    }

    /**
     * Asks for its books.
     *
     * @return what it was asked until now
     * @throws IOException if it has ended
     */
    public synchronized Counts counts() throws IOException {
        in.println();
        return Counts.ofLine(line());
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The JVM of the simulator has ended; what it says is above");
        }
        return line;
    }

    @Override
    public void close() {
        in.close();
        try {
            if (!jvm.waitFor(5, TimeUnit.SECONDS)) {
                jvm.destroyForcibly();
            }
        } catch (InterruptedException e) {
            jvm.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
