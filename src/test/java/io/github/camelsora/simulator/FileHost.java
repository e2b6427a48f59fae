package io.github.camelsora.simulator;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** The host of the videos. It requires a signature in the URL, and no key. */
final class FileHost {
    private static final String FRAME_END = ".png";

    private final SimulatorClock clock;
    private final Settings settings;
    private final Accounts accounts;
    private final Tasks tasks;
    private final RequestLog log;
    private final RequestHandler handler;

    FileHost(
            SimulatorClock clock,
            Settings settings,
            Accounts accounts,
            Tasks tasks,
            RequestLog log,
            RequestHandler handler) {
        this.clock = clock;
        this.settings = settings;
        this.accounts = accounts;
        this.tasks = tasks;
        this.log = log;
        this.handler = handler;
    }

    /** The URLs of a task's videos. */
    static List<String> urls(String baseUrl, Task task) {
        return IntStream.range(0, task.videos())
                .mapToObj(i -> "%s/videos/%s/%d.mp4?signature=%s"
                        .formatted(baseUrl, PathSegments.encode(task.id()), i, task.signature()))
                .toList();
    }

    /** The URL of the last frame of a video. */
    static String lastFrameUrl(String videoUrl) {
        return videoUrl.replace(".mp4?", FRAME_END + "?");
    }

    Answer answer(WireRequest incoming) {
        ReceivedRequest request = handler.receive(incoming, Call.FILE);
        if (leaksKey(request)) {
            log.keyLeaked();
        }
        return handler.answer(request, () -> file(request, incoming.query()));
    }

    private Answer file(ReceivedRequest request, String query) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Answer.text(405, "text/plain", "Only GET and HEAD here");
        }
        Instant now = clock.instant();
        Task task = task(request.path());
        if (task == null || task.urlsExpireAt(now) == null) {
            return Answer.text(404, "text/plain", "No such file");
        }
        if (!query.equals("signature=" + task.signature())) {
            return Answer.text(403, "text/plain", "The signature does not match");
        }
        if (task.isExpired(now)) {
            return Answer.text(settings.expiredFileStatus, "text/plain", "The link has expired");
        }
        byte[] frame = settings.lastFrame;
        if (!request.path().endsWith(FRAME_END)) {
            return FilePart.of(request, settings, settings.video, "video/mp4");
        }
        return frame == null
                ? Answer.text(404, "text/plain", "No such file")
                : FilePart.of(request, settings, frame, "image/png");
    }

    private Task task(String path) {
        List<String> segments;
        try {
            segments = PathSegments.of(path);
        } catch (ApiErrorException malformed) {
            return null;
        }
        if (segments.size() != 3 || !segments.get(0).equals("videos")) {
            return null;
        }
        return tasks.find(segments.get(1))
                .filter(task -> IntStream.range(0, task.videos())
                        .anyMatch(i -> segments.get(2).equals(i + ".mp4")
                                || segments.get(2).equals(i + FRAME_END)))
                .orElse(null);
    }

    private boolean leaksKey(ReceivedRequest request) {
        String everything = request.target() + request.headers() + request.body();
        return request.header("Authorization").isPresent()
                || accounts.keys().stream().anyMatch(everything::contains);
    }
}
