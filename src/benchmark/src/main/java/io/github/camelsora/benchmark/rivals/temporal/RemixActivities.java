package io.github.camelsora.benchmark.rivals.temporal;

import io.temporal.activity.ActivityInterface;

/** The calls of the workflow. */
@ActivityInterface
public interface RemixActivities {
    /** Whether the service finds a task by the key of the client. */
    boolean LOOK_UP = Boolean.getBoolean("rival.lookUp");

    /** Submits a remix and returns its task, or fails with {@link #REFUSED} if it surely was not accepted. */
    String submit(Order order);

    /** Returns the address of the video, and fails as long as there is none. */
    String poll(String task);

    void download(String order, String url);

    void notify(String order);

    String REFUSED = "Refused";
    String FAILED = "Failed";
}
