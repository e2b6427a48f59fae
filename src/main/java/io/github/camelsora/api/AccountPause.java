package io.github.camelsora.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pause of an account: no new submit of the account is sent while it stands. Not to be confused with the pauses that the
 * service asks for by Retry-After, which end by themselves.
 *
 * @param account the account
 * @param baseUrl the service at which it is paused; empty for a pause by an operator, which holds at all services
 * @param keyFingerprint the fingerprint of the API key that it binds; empty for a pause by an operator, which binds all keys.
 *     The key cannot be computed from it
 * @param cause why it began
 * @param reason why in words, as the operator or the service gave it. A longer one is cut at {@link HistoryEntry#LONGEST_DETAIL}
 *     characters; characters that a database cannot store become {@code ?}
 * @param actor the operator who has paused the account, or the node that has received the answer
 * @param pausedAt since when it stands, by the ledger's clock
 * @param credits the price of the submit that was rejected for lack of credits; null when it is not known
 */
public record AccountPause(
        String account,
        String baseUrl,
        String keyFingerprint,
        Cause cause,
        String reason,
        String actor,
        Instant pausedAt,
        BigDecimal credits) {

    private static final int DECIMALS = 4;

    /**
     * Creates a pause.
     *
     * @param account the account
     * @param baseUrl the service; empty in the pause of an operator
     * @param keyFingerprint the fingerprint of the API key; empty in the pause of an operator
     * @param cause why it began
     * @param reason why in words
     * @param actor the operator, or the node of the answer
     * @param pausedAt since when it stands
     * @param credits the price of the rejected submit, which is rounded to four decimals, as a ledger stores it; may be null
     */
    public AccountPause {
        reason = StorableText.of(reason, HistoryEntry.LONGEST_DETAIL);
        actor = StorableText.of(actor);
        credits = credits == null ? null : Credits.plain(credits.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** Why a pause began. */
    public enum Cause {
        /** An operator has paused the account: submits wait. */
        OPERATOR,
        /** The service has rejected the API key: submits fail at once. */
        KEY_REJECTED,
        /** The account has too few credits: submits fail at once. */
        NO_CREDITS
    }

    /**
     * Makes the pause of an operator.
     *
     * @param account the account
     * @param reason why, in words
     * @param actor the operator, as {@link Operator#actor} names it
     * @param pausedAt since when
     * @return the pause
     */
    public static AccountPause byOperator(String account, String reason, String actor, Instant pausedAt) {
        return new AccountPause(account, "", "", Cause.OPERATOR, reason, actor, pausedAt, null);
    }

    /**
     * Tells whether an operator has made it, so that submits wait.
     *
     * @return false when it was made after an answer of the service, so that submits fail at once
     */
    public boolean isByOperator() {
        return cause == Cause.OPERATOR;
    }

    /**
     * Tells whether another pause has its place: a ledger holds one for an account, a service and a key.
     *
     * @param other the other pause
     * @return true when only one of them can stand
     */
    public boolean isInPlaceOf(AccountPause other) {
        return account.equals(other.account)
                && baseUrl.equals(other.baseUrl)
                && keyFingerprint.equals(other.keyFingerprint);
    }

    /**
     * The pause as plain values, for people.
     *
     * @return its components in order, but neither the fingerprint nor the credits; times are text in ISO 8601
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", account);
        map.put("baseUrl", baseUrl);
        map.put("cause", cause.name());
        map.put("reason", reason);
        map.put("actor", actor);
        map.put("pausedAt", pausedAt.toString());
        return map;
    }
}
