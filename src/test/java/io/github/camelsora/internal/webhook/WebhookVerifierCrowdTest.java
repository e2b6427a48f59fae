package io.github.camelsora.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.simulator.WebhookSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many attempts forge no signature, and the time of an answer reveals nothing. */
class WebhookVerifierCrowdTest {
    private static final String SECRET = "whsec-right";
    private static final String ID = "evt_01abcdef";
    private static final String TIMESTAMP = "1783953302";
    private static final String STALE = "1783950000";

    private final WebhookVerifier verifier =
            new WebhookVerifier(List.of(SECRET), InstantSource.fixed(Instant.ofEpochSecond(Long.parseLong(TIMESTAMP))));

    @Test
    void noneOfAHundredThousandMutationsIsVerified() {
        byte[] body = "{\"id\":\"evt_01abcdef\",\"type\":\"generation.completed\",\"data\":{}}"
                .getBytes(StandardCharsets.UTF_8);
        WebhookRequest genuine = signed(TIMESTAMP, body);
        assertThat(verifier.rejectionReason(genuine)).isEmpty();
        Random random = new Random(5);

        for (int i = 0; i < 100_000; i++) {
            WebhookRequest mutation = mutation(genuine, random);
            // A thrown exception fails the test as well.
            if (verifier.rejectionReason(mutation).isEmpty()) {
                assertThat(mutation).as("mutation %s", i).isNull();
            }
        }
    }

    private static WebhookRequest mutation(WebhookRequest of, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new WebhookRequest(mutation(of.id(), random), of.timestamp(), of.signatures(), of.body());
            case 1 -> new WebhookRequest(of.id(), mutation(of.timestamp(), random), of.signatures(), of.body());
            case 2 -> new WebhookRequest(of.id(), of.timestamp(), mutation(of.signatures(), random), of.body());
            case 3 -> new WebhookRequest(of.id(), of.timestamp(), of.signatures(), mutation(of.body(), random));
            case 4 -> new WebhookRequest(of.id(), of.timestamp(), random(random), of.body());
            default ->
                new WebhookRequest(
                        mutation(of.id(), random),
                        mutation(of.timestamp(), random),
                        mutation(of.signatures(), random),
                        mutation(of.body(), random));
        };
    }

    /** Changes a text within, where more spaces or commas are not harmless. */
    private static String mutation(String text, Random random) {
        int at = random.nextInt(text.length());
        char other = character(random);
        return switch (random.nextInt(5)) {
            case 0 ->
                text.substring(0, at) + (char) (text.charAt(at) ^ 1 + random.nextInt(127)) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, text.length() / 2) + other + text.substring(text.length() / 2);
            case 3 -> text.substring(0, at);
            default -> null;
        };
    }

    private static byte[] mutation(byte[] bytes, Random random) {
        byte[] other = bytes.clone();
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(other, random.nextInt(bytes.length));
        }
        other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(255));
        return other;
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "v1=" : "");
        random.ints(random.nextInt(80), 0, 4).forEach(i -> text.append(character(random)));
        return text.toString();
    }

    private static char character(Random random) {
        return random.nextInt(4) == 0
                ? (char) random.nextInt(Character.MAX_VALUE)
                : "0123456789abcdef=,v1 .-".charAt(random.nextInt(23));
    }

    /** All in one run and by turns, so that what slows the machine slows them all: only their ratio tells something. */
    @Test
    void whateverIsWrongTakesTheSameWork() {
        byte[] body = new byte[2_048];
        WebhookRequest genuine = signed(TIMESTAMP, body);
        List<WebhookRequest> kinds = List.of(
                with(genuine, TIMESTAMP, genuine.signatures().replaceFirst("=.", "=x")),
                with(genuine, TIMESTAMP, genuine.signatures().replaceFirst(".$", "x")),
                with(genuine, TIMESTAMP, null),
                with(genuine, null, genuine.signatures()),
                new WebhookRequest(null, TIMESTAMP, genuine.signatures(), body),
                signed(STALE, body));

        double[] medians = mediansOf(kinds, 10_000);

        Arrays.sort(medians);
        assertThat(medians[medians.length - 1] / medians[0]).isLessThan(3);
    }

    private double[] mediansOf(List<WebhookRequest> kinds, int rounds) {
        int refused = 0;
        long[][] nanos = new long[kinds.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                long from = System.nanoTime();
                refused += verifier.rejectionReason(kinds.get(kind)).isPresent() ? 1 : 0;
                nanos[kind][round] = System.nanoTime() - from;
            }
        }
        assertThat(refused).isEqualTo(rounds * kinds.size());
        return Arrays.stream(nanos)
                .mapToDouble(times -> {
                    Arrays.sort(times);
                    return times[rounds / 2];
                })
                .toArray();
    }

    private static WebhookRequest signed(String timestamp, byte[] body) {
        String signature = WebhookSigner.of(SECRET).signature(ID, timestamp, body);
        return new WebhookRequest(ID, timestamp, signature, body);
    }

    private static WebhookRequest with(WebhookRequest of, String timestamp, String signatures) {
        return new WebhookRequest(of.id(), timestamp, signatures, of.body());
    }
}
