package io.github.camelsora.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param help only to tell what there is
 * @param real to spend real money
 * @param yes without asking
 * @param apiKey the key to pay with; null for the simulator
 * @param baseUrl where the service is; null for where it is by default
 * @param videoId the video to remix; null for the simulator's own
 * @param prompt what to change
 */
record DemoArguments(
        boolean help, boolean real, boolean yes, String apiKey, String baseUrl, String videoId, String prompt) {
    static final String HELP = """
            Usage: mvn -q test-compile exec:java [-Dexec.args="..."]

              (nothing)                 remix a video of a simulator in this JVM; costs nothing
              --prompt TEXT             what to change
              --real                    remix a video of yours with real money; needs TOAPIS_API_KEY, --video-id, --prompt
              --video-id ID             the video to remix, that is the id of the task that made it
              --base-url URL            where the service is, if not at https://toapis.com
              --yes                     do not ask before paying
              --help                    this text""";

    static DemoArguments parse(String[] args, String environmentKey) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        boolean help = false;
        boolean real = false;
        boolean yes = false;
        String videoId = null;
        String prompt = null;
        String baseUrl = null;
        while (!left.isEmpty()) {
            String name = left.pop();
            switch (name) {
                case "--help" -> help = true;
                case "--real" -> real = true;
                case "--yes" -> yes = true;
                case "--video-id" -> videoId = value(name, left);
                case "--prompt" -> prompt = value(name, left);
                case "--base-url" -> baseUrl = value(name, left);
                default -> throw new IllegalArgumentException("There is no argument " + name);
            }
        }
        boolean hasKey = environmentKey != null && !environmentKey.isBlank();
        if (real && !help && (!hasKey || videoId == null || prompt == null)) {
            throw new IllegalArgumentException(
                    "--real needs the environment variable TOAPIS_API_KEY, --video-id and --prompt");
        }
        if (!real && (videoId != null || baseUrl != null)) {
            throw new IllegalArgumentException(
                    "--video-id and --base-url need --real: the simulator has a video and an address of its own");
        }
        String what = prompt == null ? "Add a puppy playing in the scene" : prompt;
        return new DemoArguments(help, real, yes, real ? environmentKey : null, baseUrl, videoId, what);
    }

    private static String value(String name, Deque<String> left) {
        if (left.isEmpty() || left.peek().startsWith("--")) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return left.pop();
    }
}
