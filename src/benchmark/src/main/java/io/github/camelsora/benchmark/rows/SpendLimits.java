package io.github.camelsora.benchmark.rows;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.internal.spend.Bookings;
import io.github.camelsora.internal.spend.Slices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** What an account may spend. There is always room, so that each submit is sent. */
enum SpendLimits {
    /** No submit has a price. */
    NONE("no price", null, null),
    /** Each submit has a price, which is added to the book. */
    PRICES("creditPrices", null, null),
    DAY("spendLimit of 1d", "999999999/1d", null),
    MONTH("of 1d and 30d", "999999999/1d,999999999/30d", null),
    /** Each submit is of one of several tenants. */
    TENANTS("with tenantSpendLimit of 1d, too", "999999999/1d,999999999/30d", "999999999/1d");

    private static final int TENANT_COUNT = 8;
    private static final int SLICES_OF_A_DAY = (int) Duration.ofDays(1).dividedBy(Slices.LENGTH);
    private static final int WRITERS = 8;
    private static final TaskPrice PRICE = new TaskPrice(BigDecimal.TEN, null);

    private final String options;
    private final String spendLimit;
    private final String tenantSpendLimit;

    SpendLimits(String options, String spendLimit, String tenantSpendLimit) {
        this.options = options;
        this.spendLimit = spendLimit;
        this.tenantSpendLimit = tenantSpendLimit;
    }

    /** The options that set them. */
    String options() {
        return options;
    }

    /** A route to a component of its own, which has these limits and a ledger. Returns its URI. */
    String addRoute(CamelContext camel, Service service, TaskLedger ledger, String parameters) throws Exception {
        String scheme = "sora" + ordinal();
        SoraComponent component = Contexts.another(camel, scheme, service);
        component.setLedger(ledger);
        component.getConfiguration().setCreditPrices(this == NONE ? null : "sora-2=10");
        component.getConfiguration().setSpendLimit(spendLimit);
        component.getConfiguration().setTenantSpendLimit(tenantSpendLimit);
        AtomicInteger next = new AtomicInteger();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + scheme)
                        .process(exchange -> exchange.getMessage().setHeader(SoraConstants.TENANT, nextTenant(next)))
                        .to(scheme + ":remix?videoId=" + service.source() + parameters);
            }
        });
        return "direct:" + scheme;
    }

    private String nextTenant(AtomicInteger next) {
        return tenantSpendLimit == null ? null : tenant(next.getAndIncrement() % TENANT_COUNT);
    }

    /** Fills the book of a ledger with what was spent in each slice of a time that ends now. */
    void fillBook(TaskLedger ledger, Duration time) throws Exception {
        if (spendLimit == null) {
            // Nothing reads it.
            return;
        }
        Instant now = ledger.now();
        IntStream ages = IntStream.range(1, (int) time.dividedBy(Slices.LENGTH)).parallel();
        ForkJoinPool pool = new ForkJoinPool(WRITERS);
        pool.submit(() -> ages.forEach(age -> {
                    Instant then = now.minus(Slices.LENGTH.multipliedBy(age));
                    // Further back no limit of a tenant counts.
                    int tenants = tenantSpendLimit != null && age <= SLICES_OF_A_DAY ? TENANT_COUNT : 1;
                    IntStream.range(0, tenants).forEach(tenant -> book(ledger, then, tenant(tenant)));
                }))
                .get();
        pool.shutdown();
    }

    private static void book(TaskLedger ledger, Instant then, String tenant) {
        String key = UUID.randomUUID().toString();
        TaskRecord record = new TaskRecord(
                TaskLives.ACCOUNT,
                key,
                key + TaskLives.WIRE_KEY_END,
                TaskLives.SERVICE,
                "remix",
                TaskLives.REQUEST,
                TaskState.DELIVERED,
                "video_" + key,
                TaskLives.RESULT,
                null,
                new Times(then, then, then, null, ledger.now()),
                Due.NOTHING,
                0,
                null,
                Map.of(),
                new TaskOrigin(null, null, tenant, TaskOrigin.NORMAL_PRIORITY, null, null),
                PRICE,
                0);
        ledger.add(new LedgerWrite(record, Bookings.held(record), null));
    }

    private static String tenant(int number) {
        return "tenant-" + number;
    }
}
