package desk;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.LedgerOperator;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** What the beans of the desk need of the application that they run in. */
final class Desk {
    /** What the name of the property begins with that has the options of an account. */
    static final String ACCOUNT_PROPERTY = "desk.account.";

    private static final Pattern PROPERTY = Pattern.compile("[^:?{}]+");

    private Desk() {}

    /** Says why an endpoint of an account cannot be made. The exception itself quotes a misspelt option, which may be the key. */
    static String unusable(String account) {
        return "The desk has no API key of this account, or an option of it is wrong: see camel.component.sora and"
                + " " + ACCOUNT_PROPERTY + account + ".";
    }

    static SoraComponent component(Exchange exchange) {
        return exchange.getContext().getComponent("sora", SoraComponent.class);
    }

    static LedgerOperator operator(Exchange exchange) {
        return component(exchange).operator();
    }

    static Instant now(Exchange exchange) {
        return component(exchange).ledger().now();
    }

    /**
     * The options by which an endpoint uses an account: none for that of the component, those of the property {@code
     * desk.account.NAME} for another one.
     *
     * @return options that begin with an ampersand, or nothing
     */
    static String optionsOf(String account, Exchange exchange) {
        if (account == null
                || account.equals(component(exchange).getConfiguration().getAccount())) {
            return "";
        }
        String property = ACCOUNT_PROPERTY + account;
        // Camel takes what follows a colon for the property's default, and what stands in braces for another property.
        return Optional.of(property)
                .filter(name -> PROPERTY.matcher(name).matches())
                .flatMap(exchange.getContext().getPropertiesComponent()::resolveProperty)
                .map(options -> "&" + options)
                .orElseThrow(() -> new Refused(
                        400,
                        "The desk has no API key of account " + account
                                + ". The property " + property
                                + " has its options, such as account=shop&apiKey=… Nothing was done."));
    }

    /** A text of a message's header; null for a blank one. */
    static String text(Exchange exchange, String header) {
        String value = exchange.getMessage().getHeader(header, String.class);
        return value == null || value.isBlank() ? null : value;
    }
}
