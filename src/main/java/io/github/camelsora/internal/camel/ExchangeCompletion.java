package io.github.camelsora.internal.camel;

import java.lang.reflect.Field;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;

/**
 * Tells whether the completion of an exchange will be seen. A unit of work notifies what is registered with it once, when the
 * exchange that it was made for is done. Other exchanges may share it, as branches with shareUnitOfWork and copies made in Java
 * do, and may outlive it: behind a timeout of the multicast, say. What they register then is never notified.
 */
final class ExchangeCompletion {
    /**
     * Where a unit of work keeps the exchange that it was made for, which Camel has no method for. Empty where it cannot be read,
     * say in a native image; then only claimTimeout finds a completion that does not come.
     */
    private static final ClassValue<Optional<Field>> OWNER = new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
            return owner(type);
        }
    };

    private ExchangeCompletion() {}

    /** Tells whether a callback that was registered with an exchange is still to be notified. */
    static boolean willBeNotified(Exchange exchange, Synchronization callback) {
        // Not when a branch that shares the unit of work has handed all that was registered to a seda queue.
        if (!exchange.getExchangeExtension().containsOnCompletion(callback)) {
            return false;
        }
        UnitOfWork unit = exchange.getUnitOfWork();
        // Inside enrich there is none; the exchange that is enriched takes the callbacks over.
        return unit == null || !hasEnded(unit);
    }

    private static boolean hasEnded(UnitOfWork unit) {
        Optional<Field> field = OWNER.get(unit.getClass());
        if (field.isEmpty()) {
            return false;
        }
        try {
            Exchange owner = (Exchange) field.get().get(unit);
            // Camel takes the unit of work off its exchange when it is done.
            return owner == null || owner.getUnitOfWork() != unit;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static Optional<Field> owner(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            try {
                Field field = each.getDeclaredField("exchange");
                if (field.getType() == Exchange.class) {
                    field.setAccessible(true);
                    return Optional.of(field);
                }
            } catch (NoSuchFieldException e) {
                // The class above may have it.
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
