package io.github.camelsora;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.LedgerWriter;
import java.util.Arrays;
import java.util.Set;

/** The arrows of the design: who may know whom. The simulator, the demo and the tests are not in the picture. */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TOP = "io.github.camelsora";

    private static final Set<String> CHANGES = Set.of("add", "replace", "replaceAll", "forget");

    private static final String SPRING = TOP + ".internal.spring";
    private static final String[] KNOW_CAMEL = {TOP, TOP + ".internal.camel..", TOP + ".internal.runtime", SPRING};

    @ArchTest
    static final ArchRule onlyTheCamelSideKnowsCamel = noClasses()
            .that()
            .resideOutsideOfPackages(KNOW_CAMEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyTheCamelSideKnowsTheTopPackage = noClasses()
            .that()
            .resideOutsideOfPackages(KNOW_CAMEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TOP);

    @ArchTest
    static final ArchRule onlyTheSpringPackageKnowsSpring = noClasses()
            .that()
            .resideOutsideOfPackage(SPRING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel.spring..", SPRING);

    @ArchTest
    static final ArchRule theApiKnowsNothingOfOurs = knowsOnly("api");

    @ArchTest
    static final ArchRule theWireKnowsTheApiOnly = knowsOnly("internal.toapis", "api");

    @ArchTest
    static final ArchRule theRateLimiterKnowsTimeOnly = knowsOnly("internal.ratelimit", "internal.time");

    @ArchTest
    static final ArchRule theDownloadKnowsTheApiOnly = knowsOnly("internal.download", "api");

    // An event holds a task in the wire's form.
    @ArchTest
    static final ArchRule theWebhookKnowsTheApiAndTheWire = knowsOnly("internal.webhook", "api", "internal.toapis");

    @ArchTest
    static final ArchRule theLedgerKnowsTheApiTheWireAndTime =
            knowsOnly("internal.ledger", "api", "internal.toapis", "internal.time");

    // Leases belong to NodeLease, and what was kept long enough is removed by the housekeeper: neither changes a task.
    @ArchTest
    static final ArchRule onlyTheLedgerWriterChangesRecords = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(LedgerWriter.class.getName())
            .and()
            .areNotAssignableTo(TaskLedger.class)
            .should()
            .accessTargetWhere(changesARecord())
            .because("every change of a record is an event of TaskStateMachine");

    @ArchTest
    static final ArchRule timeKnowsNothingOfOurs = knowsOnly("internal.time");

    private static DescribedPredicate<JavaAccess<?>> changesARecord() {
        return DescribedPredicate.describe(
                "changes a record of a TaskLedger",
                access -> access.getTargetOwner().isAssignableTo(TaskLedger.class)
                        && CHANGES.contains(access.getTarget().getName()));
    }

    private static ArchRule knowsOnly(String name, String... known) {
        DescribedPredicate<JavaClass> ours = resideInAPackage(TOP + "..");
        DescribedPredicate<JavaClass> itself = resideInAPackage(within(name));
        String[] packages = Arrays.stream(known).map(ArchitectureTest::within).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(itself.or(resideInAnyPackage(packages)))));
    }

    private static String within(String name) {
        return TOP + "." + name + "..";
    }
}
