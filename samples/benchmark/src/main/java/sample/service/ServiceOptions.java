package sample.service;

import java.time.Duration;
import java.util.List;

/**
 * What the simulator shall be. Options travel to its JVM as system properties.
 *
 * @param taskDuration how long each task takes
 * @param videoMegabytes how long each video is; 0 for the simulator's own
 */
public record ServiceOptions(Duration taskDuration, int videoMegabytes) {
    private static final String DURATION = "service.duration";
    private static final String MEGABYTES = "service.megabytes";

    /**
     * A service whose tasks all take equally long.
     *
     * @param duration how long
     * @return its options
     */
    public static ServiceOptions tasksOf(Duration duration) {
        return new ServiceOptions(duration, 0);
    }

    /**
     * A service whose tasks do not end while anything is measured.
     *
     * @return its options
     */
    public static ServiceOptions tasksThatRunOn() {
        return tasksOf(Duration.ofHours(1));
    }

    /**
     * The same with longer videos.
     *
     * @param megabytes how long
     * @return a copy
     */
    public ServiceOptions videosOf(int megabytes) {
        return new ServiceOptions(taskDuration, megabytes);
    }

    List<String> jvmOptions() {
        return List.of("-Xmx2g", "-D" + DURATION + "=" + taskDuration, "-D" + MEGABYTES + "=" + videoMegabytes);
    }

    static ServiceOptions ofThisJvm() {
        return new ServiceOptions(Duration.parse(System.getProperty(DURATION)), Integer.getInteger(MEGABYTES));
    }
}
