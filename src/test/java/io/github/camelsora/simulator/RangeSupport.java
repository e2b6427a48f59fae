package io.github.camelsora.simulator;

/** What the file host makes of a request for a part of a file. */
public enum RangeSupport {
    /** As it should be: 206 with the part, the whole when {@code If-Range} does not match, 416 beyond the end. */
    ON,
    /** {@code If-Range} is not known: the part is sent, whatever the file has become. */
    IGNORES_IF_RANGE,
    /** Ranges are not known: the whole file is sent each time. */
    OFF,
    /** Another part than the one that was asked for: 206 from the second byte. */
    WRONG_START,
    /** Whatever is asked for, the whole file is sent and called a part: 206 from the first byte to the last. */
    WHOLE_AS_PART
}
