package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.apache.camel.FailedToStartRouteException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Boot reports a set-up that the component rejects in a few lines, and everything else as before. */
class SetupFailureTest extends SpringTestSupport {
    private final SetupFailureAnalyzer analyzer = new SetupFailureAnalyzer();

    @Test
    void aMissingKeyIsReportedWithTheRouteThatNeedsIt() {
        route("sora:remix");

        FailureAnalysis analysis = analyzer.analyze(failure());

        assertThat(analysis.getDescription())
                .matches("Route route\\d+: There is no API key: .*")
                .contains("camel.component.sora.api-key", "TOAPIS_API_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "file:no/such/key, The file of apiKey=file:no/such/key does not exist",
        "file:src, The file of apiKey=file:src could not be read: Is a directory",
        "file:a\0b, The file of apiKey=file:a\0b could not be read: Nul character not allowed",
        "property:no.such.key, The property of apiKey=property:no.such.key could not be resolved: Property with key",
        "bean:keys, apiKey=bean:keys needs a bean 'keys'"
    })
    void aSourceOfTheKeyThatIsMissingIsReportedWithTheRouteThatNeedsIt(String source, String reason) {
        set("api-key", source);
        route("sora:remix");

        FailureAnalysis analysis = analyzer.analyze(failure());

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains(reason);
    }

    @Test
    void aRouteThatCannotStartIsNamed() {
        Exception rejection = rejection();

        FailureAnalysis analysis = analyzer.analyze(new FailedToStartRouteException("orders", "sora", rejection));

        assertThat(analysis.getDescription()).isEqualTo("Route orders: " + rejection.getMessage());
    }

    @Test
    void optionsThatExcludeEachOtherAreReported(@TempDir Path folder) {
        bean("orders", new JdbcDataSource());
        set("data-source", "#bean:orders");
        set("ledger-file", folder.resolve("sora").toString());

        FailureAnalysis analysis = analyzer.analyze(failure());

        assertThat(analysis.getDescription()).startsWith("A component has one ledger");
    }

    @Test
    void anInvalidPropertyIsLeftToItsOwnAnalyzer() {
        set("base-uri", "x");

        assertThat(analyzer.analyze(failure())).isNull();
    }

    @Test
    void aFailureOfOtherCodeKeepsItsStackTrace() {
        IllegalArgumentException ofABean = new IllegalArgumentException("of a bean");
        ofABean.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Orders", "open", "Orders.java", 1)});

        assertThat(analyzer.analyze(new BeanCreationException("orders", "cannot be created", ofABean)))
                .isNull();
    }

    @Test
    void aDefectOfTheComponentKeepsItsStackTrace() {
        NullPointerException defect = new NullPointerException("task");
        defect.setStackTrace(rejection().getStackTrace());

        assertThat(analyzer.analyze(new BeanCreationException("orders", "cannot be created", defect)))
                .isNull();
    }

    @Test
    void aFailureWithoutAStackTraceIsNotReported() {
        IllegalStateException bare = new IllegalStateException("bare");
        bare.setStackTrace(new StackTraceElement[0]);

        assertThat(analyzer.analyze(bare)).isNull();
    }

    private static Exception rejection() {
        return new IllegalArgumentException("thrown in a package of the component");
    }

    private Throwable failure() {
        return catchThrowable(this::start);
    }
}
