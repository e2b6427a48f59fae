package io.github.camelsora.internal.time;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code that is not ours, after a submit may have been paid for: listeners, consumers, callbacks. Whatever that code
 * throws, errors included, is logged and goes no further, since it must not decide over what was paid.
 */
public final class UserCode {
    private static final Logger LOG = LoggerFactory.getLogger(UserCode.class);

    private UserCode() {}

    /**
     * Calls such code.
     *
     * @param what whose code it is and what it was called for, say {@code The task listener, for task video_1}
     * @param call calls it
     * @return whether it has returned
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
            LOG.warn("{} failed. What was paid for is followed on.", what, failure);
        } catch (Throwable e) {
            // The code of an appender, or no memory: there is nobody left to hear of it.
        }
    }
}
