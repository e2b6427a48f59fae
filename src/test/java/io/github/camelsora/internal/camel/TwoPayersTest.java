package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two components with one ledger are two payers only by their accounts: neither receives what the other has paid for. */
class TwoPayersTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @TempDir
    Path folder;

    private SoraComponent second;
    private String remixBySecond;

    @BeforeEach
    void addASecondComponent() {
        second = new SoraComponent();
        second.setConfiguration(options().copy());
        camel.addComponent("sora2", second);
        remixBySecond = remix.replace("sora:", "sora2:");
    }

    @Test
    void accountsKeepTheirKeysApart() throws Exception {
        second.getConfiguration().setAccount("other");
        start();

        send(remix, "A puppy", KEY, "order-1");
        send(remixBySecond, "A puppy", KEY, "order-1");

        assertThat(toApis.books().submitsReceived()).isEqualTo(2);
    }

    @Test
    void twoPayersOfOneLedgerNeedTwoAccounts() throws Exception {
        second.getConfiguration().setApiKey("sk-of-another-payer");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to(remix);
            }
        });

        assertThatThrownBy(() -> camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:other").to(remixBySecond);
                    }
                }))
                .hasStackTraceContaining("Account 'default' is in use with another apiKey")
                .hasStackTraceContaining("option account");
    }

    @Test
    void twoPayersWithLedgersOfTheirOwnMayHaveTheSameName() throws Exception {
        second.getConfiguration().setApiKey("sk-of-another-payer");
        second.setLedgerFile(folder.resolve("of-another-payer").toString());

        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to(remix);
                from("direct:other").to(remixBySecond);
            }
        });

        assertThat(camel.getStatus().isStarted()).isTrue();
    }

    @Test
    void aFileThatIsReachedByALinkIsOneLedger() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        sora().setLedgerFile(folder.resolve("real/ledger").toString());
        second.setLedgerFile(link.resolve("ledger").toString());
        second.getConfiguration().setApiKey("sk-of-another-payer");

        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:one").to(remix);
                        from("direct:other").to(remixBySecond);
                    }
                }))
                .hasStackTraceContaining("Account 'default' is in use with another apiKey");
    }

    @Test
    void aKeyMayBeReplacedWhenTheRoutesOfTheOldOneHaveStopped() throws Exception {
        second.getConfiguration().setApiKey("sk-rotated");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to(remix);
            }
        });
        camel.getRouteController().stopRoute("one");
        camel.removeRoute("one");

        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").routeId("other").to(remixBySecond);
            }
        });

        assertThat(camel.getRouteController().getRouteStatus("other").isStarted())
                .isTrue();
    }

    private void routes(String id, String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).routeId(id).to(uri);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&baseUrl=http://localhost:9&apiKey=sk-other"})
    void anAccountHasTheSameLimitsOfSpendingInEachComponentAndAtEachService(String service) throws Exception {
        options().setSpendLimit("100/1d");
        options().setTenantSpendLimit("7/1h");
        start();
        routes("one", remix);

        assertThatThrownBy(() -> routes("other", remixBySecond + service))
                .hasStackTraceContaining(
                        "Account 'default' is in use with other limits of spending: with"
                                + " spendLimit=100/1d and tenantSpendLimit=7/1h, and here with no spendLimit and no tenantSpendLimit");
    }

    @Test
    void anAccountHasTheSameLimitsOfSpendingAtEachService() throws Exception {
        start();
        routes("one", remix + "&spendLimit=100/1d");

        assertThatThrownBy(() -> routes("other", remix + "&spendLimit=7/1d&baseUrl=http://localhost:9&apiKey=sk-other"))
                .hasStackTraceContaining("with spendLimit=100/1d")
                .hasStackTraceContaining("here with spendLimit=7/1d");
    }

    @Test
    void theRefusalOfAnEndpointLeavesNothingBehind() throws Exception {
        start();
        routes("one", remix + "&spendLimit=100/1d");
        assertThatThrownBy(() -> routes("other", remixBySecond + "&spendLimit=7/1d"))
                .hasStackTraceContaining("other limits of spending");
        assertThatThrownBy(() -> routes("slow", remix + "&spendLimit=100/1d&submitsPerSecond=1"))
                .hasStackTraceContaining("other rate limits");
        camel.getRouteController().stopRoute("one");
        camel.removeRoute("one");

        routes("changed", remixBySecond + "&spendLimit=8/1d");

        assertThat(camel.getRouteController().getRouteStatus("changed").isStarted())
                .isTrue();
    }

    @Test
    void anotherAccountHasLimitsOfItsOwn() throws Exception {
        start();
        routes("one", remix + "&spendLimit=100/1d");

        routes("other", remixBySecond + "&spendLimit=7/1d&account=other");

        assertThat(camel.getRouteController().getRouteStatus("other").isStarted())
                .isTrue();
    }
}
