package io.github.camelsora.internal.time;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code of users (listeners, consumers, callbacks) after a submit may have been paid for. What that code throws, errors
 * included, is logged and not thrown on, because it must not keep a paid task from being tracked.
 */
public final class UserCode {
    private static final Logger LOG = LoggerFactory.getLogger(UserCode.class);

    private UserCode() {}

    /**
     * Calls code of a user.
     *
     * @param what whose code it is and what it is called for, for instance {@code The task listener, for task video_1}
     * @param call the call
     * @return false when it has thrown something
     */
    public static boolean call(String what, Runnable call) {
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
