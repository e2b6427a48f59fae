package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What cannot be taken ends the start, and says why. */
class RejectedOptionsTest extends SpringTestSupport {
    private static final String SECRET = "sk-live-4711";

    @ParameterizedTest
    @CsvSource({
        "base-uri,base-url",
        "baseurll,base-url",
        "api-kei,api-key",
        "configuration.api-kei,api-key",
        "ledgerfiles,ledger-file",
        "url,base-url",
        "model-name,model",
        "pollIntervall,poll-interval",
        "data-source.url,data-source"
    })
    void anUnknownOptionEndsTheStartAndNamesNearOnes(String wrong, String near) {
        set(wrong, "x");

        OptionException refused = refused();

        assertThat(refused).hasMessageContaining(PREFIX).hasMessageContaining("is not an option");
        assertThat(refused.getMessage().replaceFirst("(?s).*Did you mean", "")).contains(near);
    }

    @Test
    void whatIsLikeNoOptionIsRejectedToo() {
        set("wibble", "x");

        assertThat(refused()).hasMessageContaining(PREFIX + "wibble").hasMessageNotContaining("Did you mean");
    }

    @Test
    void allUnknownOptionsAreNamedAtOnceWithTheirPlaces(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("application.properties"),
                "camel.component.sora.model=sora-2\ncamel.component.sora.base-uri=http://127.0.0.1\n");
        variable("CAMEL_COMPONENT_SORA_APIKEI", SECRET);

        OptionException refused = refused("--spring.config.location=" + file.toUri());

        assertThat(refused)
                .hasMessageContaining("CAMEL_COMPONENT_SORA_APIKEI")
                .hasMessageContaining("application.properties")
                .hasMessageContaining("2:")
                .hasMessageNotContaining(".model");
    }

    @Test
    void aDottedNameIsNoOption() {
        set("api.key", SECRET);

        assertThat(refused()).hasMessageContaining(PREFIX + "api.key").hasMessageContaining("api-key");
    }

    @Test
    void aSwitchedOffComponentTakesAnyName() {
        set("wibble", "x");
        set("enabled", "false");

        start();

        assertThat(options().getModel()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "completion-timeout,five parsecs,duration",
        "max-open-tasks,many,integer",
        "allow-private-hosts,perhaps,boolean"
    })
    void aValueOfAnotherTypeEndsTheStart(String option, String value, String type) {
        set(option, value);

        assertThat(refused()).hasMessageContainingAll(PREFIX + option, "'" + value + "'", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#bean:nowhere",
                "nowhere",
                "#type:javax.sql.DataSource",
                "#autowired",
                "#bean:text",
                "jdbc:h2:mem:text"
            })
    void aReferenceToNoDataSourceOrToSeveralNamesThoseThatExist(String reference) {
        bean("orders", new JdbcDataSource());
        bean("reports", new JdbcDataSource());
        bean("text", "no data source");
        set("data-source", reference);

        OptionException rejection = refused();

        assertThat(rejection)
                .hasMessageContainingAll(
                        PREFIX + "data-source", "'" + reference + "'", "javax.sql.DataSource", "orders, reports");
        assertThat(rejection.action()).contains("#bean:orders");
    }

    @Test
    void aReferenceToADataSourceWhereThereIsNoneSaysSo() {
        set("data-source", "#bean:dataSource");

        OptionException rejection = refused();

        assertThat(rejection).hasMessageContainingAll(PREFIX + "data-source", "The application has none");
        assertThat(rejection.action()).contains("Define a bean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env:SORA_NOWHERE}}", "{{nowhere}}/hooks"})
    void aPlaceholderOfCamelThatHasNoValueEndsTheStart(String value) {
        set("callback-url", value);

        OptionException rejection = refused();

        assertThat(rejection).hasMessageContainingAll(PREFIX + "callback-url", "'" + value + "'", "does not exist");
        assertThat(rejection.action()).contains("Set that property or variable");
    }

    @Test
    void aValueThatTheComponentRejectsEndsTheStartWithoutARoute() {
        set("keep-delivered", "1h");

        assertThat(catchThrowable(this::start)).rootCause().hasMessageContaining("keepDelivered must be at least 72h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${file:onlyname.noext}", "order-${date:now:yyyyMMdd}-$simple{header.id}", "${bean:keys}"})
    void anExpressionThatSpringWouldReadAsItsOwnIsRejected(String expression) {
        set("request-key", expression);

        OptionException refused = refused();

        assertThat(refused).hasMessageContaining(PREFIX + "request-key").hasMessageContaining("placeholder");
        assertThat(refused.action()).contains("$simple{");
    }

    @Test
    void aPlaceholderWithADefaultIsOrdinaryWhereThePropertyExists() {
        property("file", "x.mp4");
        set("file-name", "${file:video.mp4}");

        start();

        assertThat(options().getFileName()).isEqualTo("x.mp4");
    }

    @ParameterizedTest
    @CsvSource({
        "api-key,#" + SECRET,
        "api-key,#bean:" + SECRET,
        "api-key,{{nowhere}}" + SECRET,
        "webhook-secret,#" + SECRET,
        "api-kei," + SECRET,
        "configuration.api-key,#" + SECRET
    })
    void noFailureShowsASecret(String option, String value) {
        set(option, value);

        Throwable failure = catchThrowable(this::start);
        StringWriter trace = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(trace));
        }

        assertThat(trace.toString()).doesNotContain(SECRET);
    }

    @Test
    void aReferenceOfASecretThatLeadsNowhereSaysWhichOption() {
        set("api-key", "#bean:" + SECRET);

        assertThat(refused()).hasMessageContaining(PREFIX + "api-key").hasMessageContaining("not shown");
    }

    @Test
    void bootReportsARejectionInAFewLines() {
        set("base-uri", "x");

        FailureAnalysis analysis = new OptionFailureAnalyzer().analyze(refused());

        assertThat(analysis.getDescription()).contains(PREFIX + "base-uri");
        assertThat(analysis.getAction()).contains("Correct the name");
    }

    private OptionException refused(String... arguments) {
        Throwable failure = catchThrowable(() -> start(arguments));
        while (failure != null && !(failure instanceof OptionException)) {
            failure = failure.getCause();
        }
        assertThat(failure).as("a refused option").isNotNull();
        return (OptionException) failure;
    }
}
