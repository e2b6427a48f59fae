package io.github.camelsora.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The arguments of the demo.
 *
 * @param help only print the help
 * @param real submit to the real service, which costs money
 * @param yes submit without asking for consent
 * @param apiKey the API key of the account that pays; null for the simulator
 * @param baseUrl the base URL of the service; null for the default
 * @param videoId the video to remix; null for the simulator's own
 * @param prompt the prompt of the remix
 */
record DemoArguments(
        boolean help, boolean real, boolean yes, String apiKey, String baseUrl, String videoId, String prompt) {
    static final String HELP = """
            Usage: mvn -q test-compile exec:java [-Dexec.args="..."]

              (no arguments)            remix a video of a simulator in this JVM; costs nothing
              --prompt TEXT             the prompt of the remix
              --real                    remix a video of your own, which costs money; needs TOAPIS_API_KEY, --video-id, --prompt
              --video-id ID             the video to remix: the id of the task that created it
              --base-url URL            the base URL of the service (https://toapis.com)
              --yes                     do not ask for consent before paying
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
                default -> throw new IllegalArgumentException("Unknown argument " + name);
            }
        }
        boolean hasKey = environmentKey != null && !environmentKey.isBlank();
        if (real && !help && (!hasKey || videoId == null || prompt == null)) {
            throw new IllegalArgumentException(
                    "--real needs the environment variable TOAPIS_API_KEY, --video-id and --prompt");
        }
        if (!real && (videoId != null || baseUrl != null)) {
            throw new IllegalArgumentException(
                    "--video-id and --base-url need --real: without it the demo uses the simulator and its video");
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
