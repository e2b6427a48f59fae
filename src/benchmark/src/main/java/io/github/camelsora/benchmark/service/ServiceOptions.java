package io.github.camelsora.benchmark.service;

import io.github.camelsora.simulator.Burst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the simulator shall be. Options travel to its JVM as system properties.
 *
 * @param taskDuration how long each task takes; zero for as long as its prompt says
 * @param videoMegabytes how long each video is; 0 for the simulator's own
 * @param limits what is meant by the burst that the vendor allows the group {@code default}; empty when nothing is limited
 */
public record ServiceOptions(Duration taskDuration, int videoMegabytes, Optional<Burst> limits) {
    private static final String DURATION = "service.duration";
    private static final String MEGABYTES = "service.megabytes";
    private static final String LIMITS = "service.limits";

    /**
     * A service whose tasks all take equally long.
     *
     * @param duration how long
     * @return its options
     */
    public static ServiceOptions tasksOf(Duration duration) {
        return new ServiceOptions(duration, 0, Optional.empty());
    }

    /**
     * A service whose tasks each take as long as their prompt says, which is a duration like {@code PT3.5S}.
     *
     * @return its options
     */
    public static ServiceOptions tasksAsPrompted() {
        return tasksOf(Duration.ZERO);
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
        return new ServiceOptions(taskDuration, megabytes, limits);
    }

    /**
     * The same with the vendor's limits.
     *
     * @param meaning what is meant by a burst
     * @return a copy
     */
    public ServiceOptions limitedBy(Burst meaning) {
        return new ServiceOptions(taskDuration, videoMegabytes, Optional.of(meaning));
    }

    Duration durationOf(String prompt) {
        return taskDuration.isZero() ? Duration.parse(prompt) : taskDuration;
    }

    List<String> jvmOptions() {
        return List.of(
                "-Xmx2g",
                "-D" + DURATION + "=" + taskDuration,
                "-D" + MEGABYTES + "=" + videoMegabytes,
                "-D" + LIMITS + "=" + limits.map(Burst::name).orElse(""));
    }

    static ServiceOptions ofThisJvm() {
        return new ServiceOptions(
                Duration.parse(System.getProperty(DURATION)),
                Integer.getInteger(MEGABYTES),
                Optional.of(System.getProperty(LIMITS))
                        .filter(name -> !name.isEmpty())
                        .map(Burst::valueOf));
    }
}
