package io.github.camelsora.internal.ledger;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The ledger's database did not do what it was asked to. What was to be written may or may not be there; the caller
 * reads it again to know.
 */
public final class LedgerAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    // Drivers put addresses into their messages, and people put passwords into addresses.
    private static final Pattern ADDRESS = Pattern.compile("jdbc:\\S+");

    /**
     * Creates the exception.
     *
     * @param what what was to be done, say {@code find key-1 of account default}
     * @param cause what the driver threw
     */
    public LedgerAccessException(String what, SQLException cause) {
        super(
                "The ledger's database failed to " + what + ": " + withoutAddress(cause.getMessage()) + " (SQLState "
                        + cause.getSQLState() + ")",
                cause);
    }

    /**
     * Creates the exception.
     *
     * @param what what was to be done, say {@code find key-1}
     * @param cause what the ledger's code, or its driver's, threw
     */
    LedgerAccessException(String what, Error cause) {
        super("The ledger failed to " + what + ": " + withoutAddress(cause.toString()), cause);
    }

    /** A message of a driver, or of the code of a ledger, without addresses of databases. */
    public static String withoutAddress(String message) {
        return message == null ? "no reason given" : ADDRESS.matcher(message).replaceAll("jdbc:...");
    }
}
