package io.github.camelsora;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows of the design: who may know whom. The simulator, the demo and the tests are not in the picture. */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TOP = "io.github.camelsora";

    private static final String SPRING = TOP + ".internal.spring";

    @ArchTest
    static final ArchRule onlyTheTopPackageAndSpringKnowCamel = noClasses()
            .that()
            .resideOutsideOfPackages(TOP, SPRING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlySpringKnowsTheTopPackage = noClasses()
            .that()
            .resideOutsideOfPackages(TOP, SPRING)
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
    static final ArchRule whatUsersHoldInTheirHandsKnowsNobody = knowsOnly("api");

    @ArchTest
    static final ArchRule theWireKnowsTheApiOnly = knowsOnly("toapis", "api");

    @ArchTest
    static final ArchRule thePaceKnowsTheApiOnly = knowsOnly("pace", "api");

    @ArchTest
    static final ArchRule whatIsInFlightKnowsTheApiTheWireAndThePace = knowsOnly("task", "api", "toapis", "pace");

    @ArchTest
    static final ArchRule theDownloadKnowsTheApiOnly = knowsOnly("download", "api");

    // An event holds a task in the wire's form.
    @ArchTest
    static final ArchRule theWebhookKnowsTheApiAndTheWire = knowsOnly("webhook", "api", "toapis");

    @ArchTest
    static final ArchRule noTwoPackagesKnowEachOther =
            slices().matching(TOP + ".(*)..").should().beFreeOfCycles();

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
