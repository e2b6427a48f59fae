package io.github.camelsora.benchmark.rows;

import org.apache.logging.log4j.spi.DefaultThreadContextMap;
import org.slf4j.MDC;

/** The MDC of Log4j, which a row can turn off: then nothing is put into it. It is on until then. */
public final class MdcSwitch extends DefaultThreadContextMap {
    private static final String PROBE = "probe";

    private static volatile boolean isOn = true;

    /** Created by Log4j. */
    public MdcSwitch() {}

    /** Makes it the MDC of this JVM, in which nothing was logged yet. */
    static void install() {
        System.setProperty("log4j2.threadContextMap", MdcSwitch.class.getName());
    }

    static void turn(boolean on) {
        isOn = on;
        MDC.put(PROBE, PROBE);
        boolean isKept = MDC.get(PROBE) != null;
        MDC.remove(PROBE);
        if (isKept != on) {
            throw new IllegalStateException("The MDC cannot be turned " + (on ? "on" : "off"));
        }
    }

    @Override
    public void put(String key, String value) {
        if (isOn) {
            super.put(key, value);
        }
    }
}
