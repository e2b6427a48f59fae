package desk;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** Ends the start if a property of the desk is misspelt: with {@code desk.prompt=hidden}, prompts would be shown. */
public final class PropertyNames implements CamelContextAware {
    private static final Set<String> KNOWN =
            Set.of("desk.writable", "desk.prompts", "desk.hosts", "desk.user-header", "desk.videos");

    private CamelContext context;

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        context.getPropertiesComponent().loadProperties(name -> name.startsWith("desk.")).stringPropertyNames().stream()
                .filter(name -> !KNOWN.contains(name) && !name.startsWith(Desk.ACCOUNT_PROPERTY))
                .findAny()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("The desk has no property " + name + ". It has "
                            + new TreeSet<>(KNOWN) + " and " + Desk.ACCOUNT_PROPERTY + "NAME");
                });
    }
}
