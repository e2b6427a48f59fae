package io.github.camelsora.internal.time;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code that must not stop the caller: a listener, consumer or callback of the user, or one of several steps of which each
 * must run. What it throws, errors included, is logged and not thrown on, so that a paid task stays tracked.
 */
public final class GuardedCall {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedCall.class);

    private GuardedCall() {}

    /**
     * Runs a call.
     *
     * @param what the subject of the warning, for instance {@code The task listener, for task video_1,}
     * @param call the call
     * @return false when it has thrown something
     */
    public static boolean run(String what, Runnable call) {
        try {
            call.run();
            return true;
        } catch (Throwable e) {
            warn(what, e);
            return false;
        }
    }

    private static void warn(String what, Throwable failure) {
        try {
            LOG.warn("{} failed. The component goes on without it.", what, failure);
        } catch (Throwable e) {
            // An appender of the log failed, or memory is out: nothing else can be done.
        }
    }
}
