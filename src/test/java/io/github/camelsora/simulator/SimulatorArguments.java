package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line of {@link SimulatorMain}, read into a builder. */
final class SimulatorArguments {

    static final String HELP = """
            A ToAPIs to run against, on this machine and for nothing.

              --port N              port of the API (any free one)
              --file-port N         port of the file host, where results are (any free one)
              --api-key KEY         a key that callers may use; can be given several times (sk-simulator)
              --duration TIME       how long a task takes, such as 500ms, 20s, 5m (20s)
              --lookup MODE         look-up by client_business_id: on, off, reject (on)
              --credits N           credits of the account; -1 for no limit (1000000)
              --price N             credits that a task costs (20)
              --envelope SHAPE      answer to a submit: generation_task, video, data_list (generation_task)
              --errors SHAPE        errors: documented, number, word, flat, nested, html (documented)
              --limits GROUP        what accounts may send: default, vip, svip (as much as comes)
              --burst MEANING       what is meant by a burst: bucket, window of ten seconds (bucket)
              --source ID           id of a finished video that can be remixed (video_source)
              --webhook-url URL     where to send an event when a task has ended (nowhere)
              --webhook-secret S    what signs events; given again: an older one that signs too
              --webhook-faster N    the vendor's plan of tries, N times as fast (1)
              --quiet               do not print a line for each call
              --help                this text

            A prompt with [refuse] in it is refused, one with [fail] is accepted and fails.
            """;

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final ToApisSimulatorBuilder builder = ToApisSimulator.builder();
    private final List<String> webhookSecrets = new ArrayList<>();
    private String webhookUrl;
    private LimitGroup limits;
    private Burst burst = Burst.BUCKET;
    private String source = "video_source";
    private boolean quiet;
    private boolean help;

    private SimulatorArguments() {
        builder.taskDuration(Duration.ofSeconds(20));
    }

    static SimulatorArguments parse(String... arguments) {
        SimulatorArguments parsed = new SimulatorArguments();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--help", "-h" -> parsed.help = true;
                case "--quiet" -> parsed.quiet = true;
                default -> parsed.parseOption(option, rest);
            }
        }
        parsed.turnWebhooksOn();
        parsed.turnLimitsOn();
        return parsed;
    }

    private void turnWebhooksOn() {
        if ((webhookUrl == null) != webhookSecrets.isEmpty()) {
            throw new IllegalArgumentException("--webhook-url and --webhook-secret need each other");
        }
        if (webhookUrl != null) {
            builder.webhook(webhookUrl, webhookSecrets.toArray(String[]::new));
        }
    }

    private void turnLimitsOn() {
        if (limits != null) {
            builder.limits(limits, burst);
        }
    }

    private void parseOption(String option, Iterator<String> rest) {
        switch (option) {
            case "--port" -> builder.port(number(option, value(option, rest)).intValue());
            case "--file-port" ->
                builder.filePort(number(option, value(option, rest)).intValue());
            case "--api-key" -> builder.apiKey(value(option, rest));
            case "--duration" -> builder.taskDuration(time(option, value(option, rest)));
            case "--lookup" -> builder.lookup(choice(LookUp.class, option, value(option, rest)));
            case "--credits" -> builder.credits(number(option, value(option, rest)));
            case "--price" -> builder.price(number(option, value(option, rest)));
            case "--envelope" -> builder.envelope(choice(Envelope.class, option, value(option, rest)));
            case "--errors" -> builder.errorShape(choice(ErrorShape.class, option, value(option, rest)));
            case "--limits" -> limits = choice(LimitGroup.class, option, value(option, rest));
            case "--burst" -> burst = choice(Burst.class, option, value(option, rest));
            case "--webhook-url" -> webhookUrl = value(option, rest);
            case "--webhook-secret" -> webhookSecrets.add(value(option, rest));
            case "--webhook-faster" ->
                builder.webhookRetryPlanDividedBy(
                        number(option, value(option, rest)).intValue());
            case "--source" -> source = value(option, rest);
            default -> throw new IllegalArgumentException("There is no option " + option);
        }
    }

    ToApisSimulatorBuilder builder() {
        return builder;
    }

    /** Where events go, or null. */
    String webhookUrl() {
        return webhookUrl;
    }

    String source() {
        return source;
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean wantsHelp() {
        return help;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static Long number(String option, String value) {
        try {
            return (long) Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is a whole number, not '%s'".formatted(option, value), e);
        }
    }

    private static Duration time(String option, String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException("%s is a time like 500ms, 20s or 5m, not '%s'".formatted(option, value));
        }
        long amount = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String option, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is one of %s, not '%s'".formatted(option, names(type), value)));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
