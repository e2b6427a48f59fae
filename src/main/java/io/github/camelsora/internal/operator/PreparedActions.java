package io.github.camelsora.internal.operator;

import io.github.camelsora.api.LedgerAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sets of records that actions were previewed for, by token. A token is a digest, so the sets are kept here: those of the last
 * quarter of an hour, and not more than a few. Thread-safe.
 */
public final class PreparedActions {
    /** How long a token counts. */
    public static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST = 20;
    private static final int TOKEN_BYTES = 12;

    private final InstantSource clock;
    private final Map<String, Prepared> prepared = new LinkedHashMap<>();

    public PreparedActions(InstantSource clock) {
        this.clock = clock;
    }

    private record Prepared(LedgerAction action, List<PreviewedRecord> records, Instant at) {}

    /** Keeps a set, and returns its token. */
    public synchronized String keep(LedgerAction action, List<PreviewedRecord> records) {
        String token = digest(action, records);
        putBack(action, token, records);
        return token;
    }

    /** Keeps what is left of a set under its token. */
    public synchronized void putBack(LedgerAction action, String token, List<PreviewedRecord> records) {
        removeOld();
        prepared.remove(token);
        prepared.put(token, new Prepared(action, List.copyOf(records), clock.instant()));
        if (prepared.size() > MOST) {
            prepared.remove(prepared.keySet().iterator().next());
        }
    }

    /**
     * Removes the records of a token, and returns them: they are acted on once.
     *
     * @throws IllegalArgumentException if there are none, or the token is that of another action
     */
    public synchronized List<PreviewedRecord> remove(LedgerAction action, String token) {
        removeOld();
        Prepared found = prepared.get(token);
        if (found != null && found.action() != action) {
            throw new IllegalArgumentException("The token '" + token + "' is that of a preview of " + found.action()
                    + ", not of " + action + ". Nothing was changed");
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no preview with token '" + token + "' in this JVM. A token counts once, for "
                            + KEPT.toMinutes()
                            + " minutes, in the JVM that gave it, and a JVM keeps the latest " + MOST
                            + ". Nothing was changed; preview the action again, and act in the same JVM");
        }
        prepared.remove(token);
        return found.records();
    }

    private void removeOld() {
        Instant oldest = clock.instant().minus(KEPT);
        prepared.values().removeIf(set -> set.at().isBefore(oldest));
    }

    private static String digest(LedgerAction action, List<PreviewedRecord> records) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(action.name().getBytes(StandardCharsets.UTF_8));
            records.stream()
                    .map(record -> "\n" + record.account() + "\n" + record.key() + "\n" + record.createdAt() + "\n"
                            + record.version())
                    .sorted()
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, TOKEN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JVM has SHA-256", e);
        }
    }
}
