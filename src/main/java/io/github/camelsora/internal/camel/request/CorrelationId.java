package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.ledger.TaskLabels;
import org.apache.camel.Exchange;

/** Reads the id of the business process that a message is part of: the header, else the option, else Camel's own id. */
final class CorrelationId {
    private CorrelationId() {}

    /**
     * Reads the correlation id of a message.
     *
     * @param option the option correlationId
     * @throws IllegalArgumentException if the id that the user gives cannot be stored
     */
    static String read(Exchange exchange, OptionExpression option) {
        String header = exchange.getMessage().getHeader(SoraConstants.CORRELATION_ID, String.class);
        String given = TextCheck.isBlank(header) ? option.read(exchange) : header;
        if (TextCheck.isBlank(given)) {
            return ofCamel(exchange);
        }
        if (given.length() > TaskLabels.LONGEST_CORRELATION_ID) {
            throw new IllegalArgumentException("The correlation id has " + given.length() + " characters; at most "
                    + TaskLabels.LONGEST_CORRELATION_ID
                    + " can be stored (header CamelSoraCorrelationId, option correlationId)");
        }
        return TextCheck.requireIntact("The correlation id", given);
    }

    /** A breadcrumb may come from outside with a request over HTTP, and one that cannot be stored must not fail the submit. */
    private static String ofCamel(Exchange exchange) {
        String breadcrumb = exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID, String.class);
        boolean isUsable = !TextCheck.isBlank(breadcrumb)
                && breadcrumb.length() <= TaskLabels.LONGEST_CORRELATION_ID
                && TextCheck.fault(breadcrumb) == null;
        return isUsable ? breadcrumb : exchange.getExchangeId();
    }
}
