package io.github.camelsora.simulator;

/** How the file host answers a range request. */
public enum RangeSupport {
    /** Correctly: 206 with the range, 200 with the whole file if {@code If-Range} does not match, 416 beyond the end. */
    ON,
    /** {@code If-Range} is ignored: the range is sent even if the file has changed. */
    IGNORES_IF_RANGE,
    /** Ranges are ignored: the whole file is sent with 200. */
    OFF,
    /** A wrong range: 206 from the second byte, whatever range was requested. */
    WRONG_START,
    /** 206 with the whole file, whatever range was requested. */
    WHOLE_AS_PART
}
