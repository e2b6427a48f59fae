package desk;

import io.github.camelsora.api.Balance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;

/**
 * The balances of accounts, each queried at most every 30 seconds, which is free. The page gets the last one that is known, so that no
 * thread waits for a slow service.
 */
final class Balances {
    private static final Known UNANSWERED = unknown("The service has not answered yet.");

    /** A balance, or why it is not known. */
    record Known(BigDecimal credits, boolean isUnlimited, String error) {}

    private final Cached<Object> queries = new Cached<>(Duration.ofSeconds(30));
    private final ConcurrentMap<String, Known> answers = new ConcurrentHashMap<>();
    private ProducerTemplate template;

    Known of(String account, Exchange exchange) {
        queries.get(account, () -> query(account, exchange));
        return answers.getOrDefault(account, UNANSWERED);
    }

    private Object query(String account, Exchange exchange) {
        try {
            String uri = "sora:balance" + Desk.optionsOf(account, exchange).replaceFirst("&", "?");
            return template(exchange).asyncSend(uri, to -> {}).thenAccept(answered -> {
                Exception failure = answered.getException();
                answers.put(
                        account,
                        failure == null
                                ? known(answered.getMessage().getBody(Balance.class))
                                : unknown(failure.getMessage()));
            });
        } catch (Refused noKey) {
            return answers.put(account, unknown(noKey.getMessage()));
        } catch (ResolveEndpointFailedException e) {
            return answers.put(account, unknown(Desk.unusable(account)));
        }
    }

    private static Known unknown(String error) {
        return new Known(null, false, error);
    }

    private static Known known(Balance balance) {
        BigDecimal credits = balance.remainingCredits();
        boolean isUnlimited = balance.unlimited() || credits != null && credits.signum() < 0;
        return new Known(isUnlimited ? null : credits, isUnlimited, null);
    }

    private synchronized ProducerTemplate template(Exchange exchange) {
        template = template == null ? exchange.getContext().createProducerTemplate() : template;
        return template;
    }
}
