package io.github.camelsora.benchmark;

import java.util.List;

/** One part of the table. */
public interface Row {

    /**
     * The word that chooses this part on the command line.
     *
     * @return one word
     */
    String name();

    /**
     * Measures, in a JVM that does nothing else.
     *
     * @param effort how much of it
     * @return lines of the table
     * @throws Exception if there is nothing to show
     */
    List<Figure> measure(Effort effort) throws Exception;
}
