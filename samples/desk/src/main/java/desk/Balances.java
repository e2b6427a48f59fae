package desk;

import io.github.camelsora.api.Balance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The balances of accounts, each queried at most every 30 seconds. A query is free, and the page does not wait for a slow one. */
final class Balances {
    private static final long PATIENCE_SECONDS = 2;

    /** A balance, or why it is not known. */
    record Known(BigDecimal credits, boolean isUnlimited, String error) {}

    private final Cached<CompletableFuture<Known>> balances = new Cached<>(Duration.ofSeconds(30));
    private ProducerTemplate template;

    Known of(String account, Exchange exchange) {
        CompletableFuture<Known> balance = balances.get(account, () -> query(account, exchange));
        try {
            return balance.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new Known(null, false, "The service has not answered yet.");
        } catch (ExecutionException e) {
            return new Known(null, false, e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Known(null, false, "The desk stops.");
        }
    }

    private CompletableFuture<Known> query(String account, Exchange exchange) {
        String uri;
        try {
            String options = Desk.optionsOf(account, exchange);
            uri = "sora:balance" + (options.isEmpty() ? "" : "?" + options.substring(1));
        } catch (Refused noKey) {
            return CompletableFuture.completedFuture(new Known(null, false, noKey.getMessage()));
        }
        return template(exchange).asyncSend(uri, to -> {}).thenApply(answered -> {
            Exception failure = answered.getException();
            return failure == null
                    ? known(answered.getMessage().getBody(Balance.class))
                    : new Known(null, false, failure.getMessage());
        });
    }

    private static Known known(Balance balance) {
        boolean isUnlimited = balance.unlimited()
                || balance.remainingCredits() != null && balance.remainingCredits().signum() < 0;
        return new Known(isUnlimited ? null : balance.remainingCredits(), isUnlimited, null);
    }

    private synchronized ProducerTemplate template(Exchange exchange) {
        template = template == null ? exchange.getContext().createProducerTemplate() : template;
        return template;
    }
}
