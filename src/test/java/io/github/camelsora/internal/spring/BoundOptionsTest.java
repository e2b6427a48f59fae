package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.FileExist;
import io.github.camelsora.api.PollScheduleKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values of {@code camel.component.sora.*}, in the forms that Spring Boot and Camel document. */
class BoundOptionsTest extends SpringTestSupport {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-key",
                "apiKey",
                "api_key",
                "API_KEY",
                "apikey",
                "configuration.api-key",
                "configuration.apiKey"
            })
    void everyFormOfANameSetsTheOption(String name) {
        set(name, "key-1");

        start();

        assertThat(options().getApiKey()).isEqualTo("key-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APIKEY", "API_KEY", "CONFIGURATION_APIKEY", "CONFIGURATION_API_KEY"})
    void aVariableOfTheEnvironmentSetsTheOption(String name) {
        variable("CAMEL_COMPONENT_SORA_" + name, "key-1");

        start();

        assertThat(options().getApiKey()).isEqualTo("key-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APIKEY", "API_KEY"})
    void aVariableOfTheEnvironmentComesBeforeAFile(String name) {
        set("api-key", "of-the-file");
        variable("CAMEL_COMPONENT_SORA_" + name, "of-the-environment");

        start();

        assertThat(options().getApiKey()).isEqualTo("of-the-environment");
    }

    @Test
    void theCommandLineComesBeforeAll() {
        set("model", "sora-2");
        variable("CAMEL_COMPONENT_SORA_MODEL", "sora-2");

        start("--camel.component.sora.model=sora-2-pro");

        assertThat(options().getModel()).isEqualTo("sora-2-pro");
    }

    @ParameterizedTest
    @CsvSource({"5000,5000", "5s,5000", "10m,600000", "1h30m,5400000", "PT2M,120000"})
    void aTimeTakesTheFormsOfCamel(String value, long millis) {
        set("completion-timeout", value);

        start();

        assertThat(options().getCompletionTimeout()).isEqualTo(millis);
    }

    @Test
    void valuesHaveTheTypesOfTheirOptions() {
        set("max-open-tasks", 7);
        set("max-file-size", "1000000000000");
        set("submits-per-second", "0.5");
        set("query-burst", "9");
        set("allow-private-hosts", true);
        set("file-exist", "Ignore");
        set("poll-schedule", "fixed");

        start();

        assertThat(sora().getMaxOpenTasks()).isEqualTo(7);
        assertThat(options().getMaxFileSize()).isEqualTo(1_000_000_000_000L);
        assertThat(options().getSubmitsPerSecond()).isEqualTo(0.5);
        assertThat(options().getQueryBurst()).isEqualTo(9);
        assertThat(options().isAllowPrivateHosts()).isTrue();
        assertThat(options().getFileExist()).isEqualTo(FileExist.Ignore);
        assertThat(options().getPollSchedule()).isEqualTo(PollScheduleKind.FIXED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#bean:tasks", "#tasks", "tasks", "#type:javax.sql.DataSource", "{{the.database}}"})
    void anObjectIsABean(String reference) {
        JdbcDataSource tasks = new JdbcDataSource();
        tasks.setUrl("jdbc:h2:mem:bound;DB_CLOSE_DELAY=-1");
        bean("tasks", tasks);
        property("the.database", "#bean:tasks");
        set("data-source", reference);

        start();

        assertThat(sora().getDataSource()).isSameAs(tasks);
    }

    @Test
    void anObjectIsMadeOfAClass() {
        set("ssl-context-parameters", "#class:" + SSLContextParameters.class.getName());

        start();

        assertThat(options().getSslContextParameters()).isNotNull();
    }

    @Test
    void aConfigurationOfOnesOwnDoesNotHideOtherOptions() {
        SoraConfiguration own = new SoraConfiguration();
        own.setModel("sora-2-pro");
        bean("own", own);
        set("account", "studio");
        set("configuration", "#bean:own");

        start();

        assertThat(options()).isSameAs(own);
        assertThat(options().getModel()).isEqualTo("sora-2-pro");
        assertThat(options().getAccount()).isEqualTo("studio");
    }

    @Test
    void placeholdersOfCamelAndOfSpringAreResolved() {
        property("my.model", "sora-2-pro");
        property("my.tag", "night");
        set("model", "{{my.model}}");
        set("tag", "${my.tag}");

        start();

        assertThat(options().getModel()).isEqualTo("sora-2-pro");
        assertThat(options().getTag()).isEqualTo("night");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-$simple{header.orderId}", "$simple{file:onlyname.noext}, $simple{header.a}"})
    void anExpressionOfCamelStaysAsItIs(String expression) {
        set("request-key", expression);

        start();

        assertThat(options().getRequestKey()).isEqualTo(expression);
    }

    @Test
    void yamlMayListWhatCommasSeparate(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("application.yaml"), """
                camel:
                  component:
                    sora:
                      allowed-hosts:
                        - files.example.com
                        - "*.example.org"
                      completion-timeout: 20m
                      duration: 15
                      aspect-ratio: "9:16"
                """);

        start("--spring.config.location=" + file.toUri());

        assertThat(options().getAllowedHosts()).isEqualTo("files.example.com,*.example.org");
        assertThat(options().getCompletionTimeout()).isEqualTo(20 * 60_000);
        assertThat(options().getDuration()).isEqualTo("15");
        assertThat(options().getAspectRatio()).isEqualTo("9:16");
    }

    @Test
    void anotherComponentHasPropertiesOfItsOwnName() {
        bean("sora2", new SoraComponent());
        set("api-key", "key-1");
        set("account", "studio");
        property("camel.component.sora2.api-key", "key-2");

        CamelContext camel = start();

        SoraConfiguration other =
                camel.getComponent("sora2", SoraComponent.class).getConfiguration();
        assertThat(other.getApiKey()).isEqualTo("key-2");
        assertThat(other.getAccount()).isEqualTo("default");
        assertThat(options().getApiKey()).isEqualTo("key-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.sora.enabled",
                "camel.component.enabled",
                "camel.component.sora.customizer.enabled",
                "camel.component.customizer.enabled"
            })
    void whatIsSwitchedOffIsNotBound(String property) {
        set("model", "sora-2-pro");
        property(property, "false");

        start();

        assertThat(options().getModel()).isNull();
    }

    @Test
    void theSwitchOfTheComponentComesBeforeThatOfAll() {
        set("model", "sora-2-pro");
        property("camel.component.enabled", "false");
        set("enabled", "true");

        start();

        assertThat(options().getModel()).isEqualTo("sora-2-pro");
    }

    @Test
    void withoutOptionsNothingIsCreated() {
        CamelContext camel = start();

        assertThat(camel.hasComponent("sora")).isNull();
    }

    @Test
    void withOptionsTheLedgerIsOpenedAtTheStart(@TempDir Path folder) {
        set("ledger-file", folder.resolve("tasks").toString());

        start();

        assertThat(folder.resolve("tasks.mv.db")).isNotEmptyFile();
    }

    @Test
    void aComponentThatIsABeanIsBoundToo() {
        SoraComponent own = new SoraComponent();
        own.setMaxOpenTasks(3);
        bean("sora", own);
        set("model", "sora-2-pro");

        start();

        assertThat(Map.of(sora(), sora().getMaxOpenTasks())).isEqualTo(Map.of(own, 3));
        assertThat(options().getModel()).isEqualTo("sora-2-pro");
    }
}
