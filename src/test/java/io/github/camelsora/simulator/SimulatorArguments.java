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
            Runs a ToAPIs simulator on this machine. It costs nothing. Defaults are in parentheses.

              --port N              port of the API (any free one)
              --file-port N         port of the file host, which serves the videos (any free one)
              --api-key KEY         an API key of the account; may be repeated (sk-simulator)
              --duration TIME       how long a task takes, such as 500ms, 20s, 5m (20s)
              --lookup MODE         client_business_id is known, ignored or rejected: on, off, reject (on)
              --echo                answers repeat client_business_id (they do not)
              --credits N           credits of the account; -1: no limit (1000000)
              --price [MODEL=]N     credits that a task costs, of any other or of that model; may be repeated (20)
              --charged FIELD       answers say in this field, such as credits_used, what a task cost (they do not)
              --models A,B          video models that GET /v1/models names (those of the catalogue of camel-sora)
              --ended-model MODEL   model that has ended: its submits are rejected with 404; may be repeated
              --envelope SHAPE      shape of the answer to a submit: generation_task, video, data_list (generation_task)
              --errors SHAPE        shape of errors: documented, number, word, flat, nested, html (documented)
              --limits GROUP        rate limits of an account: default, vip, svip (no limits)
              --burst MEANING       how a burst is limited: bucket, window (of ten seconds) (bucket)
              --source ID           id of a finished video that can be remixed (video_source)
              --webhook-url URL     send an event to this URL when a task ends; needs --webhook-secret (no events)
              --webhook-secret S    secret that signs events; may be repeated, then each secret signs
              --webhook-faster N    divide the vendor's waits between tries by N (1)
              --quiet               do not print a line for each call
              --help                this text

            A prompt that contains [refuse] is rejected with 422; one that contains [fail] is accepted, and fails.
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
                case "--echo" -> parsed.builder.echo(true);
                default -> parsed.parseOption(option, rest);
            }
        }
        parsed.turnWebhooksOn();
        parsed.turnLimitsOn();
        return parsed;
    }

    private void turnWebhooksOn() {
        if ((webhookUrl == null) != webhookSecrets.isEmpty()) {
            throw new IllegalArgumentException("--webhook-url and --webhook-secret must be given together");
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
            case "--price" -> price(option, value(option, rest));
            case "--charged" -> builder.chargedField(value(option, rest));
            case "--models" -> builder.models(value(option, rest).split(" *, *"));
            case "--ended-model" -> builder.endModel(value(option, rest), EndedModel.CODE);
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
            default -> throw new IllegalArgumentException("Unknown option " + option);
        }
    }

    private void price(String option, String price) {
        int equals = price.lastIndexOf('=');
        long credits = number(option, price.substring(equals + 1));
        if (equals < 0) {
            builder.price(credits);
        } else {
            builder.price(price.substring(0, equals), credits);
        }
    }

    ToApisSimulatorBuilder builder() {
        return builder;
    }

    /** The URL of the receiver of events, or null. */
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
            throw new IllegalArgumentException("%s must be a whole number, not '%s'".formatted(option, value), e);
        }
    }

    private static Duration time(String option, String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "%s must be a time such as 500ms, 20s or 5m, not '%s'".formatted(option, value));
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
                        "%s must be one of %s, not '%s'".formatted(option, names(type), value)));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
