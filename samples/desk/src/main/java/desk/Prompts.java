package desk;

import java.util.Locale;
import org.apache.camel.Exchange;

/** Whether prompts are shown. */
public final class Prompts {
    private enum Mode {
        HIDDEN,
        SWITCH,
        SHOWN
    }

    private Mode mode = Mode.SWITCH;

    /** @param mode hidden: never; switch: when the user has switched them on; shown: always */
    public void setMode(String mode) {
        this.mode = Mode.valueOf(mode.trim().toUpperCase(Locale.ROOT));
    }

    String mode() {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    boolean areShown(Exchange exchange) {
        return mode == Mode.SHOWN || mode == Mode.SWITCH && "true".equals(Desk.text(exchange, "prompts"));
    }
}
