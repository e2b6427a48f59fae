package io.github.camelsora.internal.camel.key;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** A step that keeps exchanges, without a thread, until the test releases them. */
public final class HoldingStep extends AsyncProcessorSupport {
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile boolean isOpen;

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        held.add(() -> {
            inside.decrementAndGet();
            callback.done(false);
        });
        if (isOpen) {
            release();
        }
        return false;
    }

    public int inside() {
        return inside.get();
    }

    /** How many it has held at once, at most. */
    public int most() {
        return most.get();
    }

    /** Releases the exchanges that it holds now. */
    void release() {
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    /** Holds nothing any more. */
    public void open() {
        isOpen = true;
        release();
    }
}
