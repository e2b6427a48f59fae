package io.github.camelsora;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.LedgerWriter;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The arrows of the design: who may know whom. The simulator, the demo and the tests are not in the picture. */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TOP = "io.github.camelsora";

    private static final Set<String> CHANGES = Set.of("add", "replace", "replaceAll", "forget");

    private static final String SPRING = TOP + ".internal.spring";
    private static final String VALIDATE = TOP + ".validate";
    private static final String[] KNOW_THE_TOP = {TOP, TOP + ".internal.camel..", SPRING, VALIDATE};
    private static final String TELEMETRY = TOP + ".internal.telemetry";
    private static final String[] KNOW_CAMEL = {
        TOP, TOP + ".internal.camel..", TOP + ".internal.runtime..", SPRING, TELEMETRY, VALIDATE
    };

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
            .resideOutsideOfPackages(KNOW_THE_TOP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TOP);

    @ArchTest
    static final ArchRule nothingInternalIsInASignatureThatUsersSee = members()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(TOP, TOP + ".api")
            .and(areSeen())
            .should(notMentionInternalTypes());

    private static DescribedPredicate<JavaMember> areSeen() {
        return describe(
                "are public or protected",
                member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static ArchCondition<JavaMember> notMentionInternalTypes() {
        return new ArchCondition<>("not mention internal types") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                types(member)
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> type.getPackageName().startsWith(TOP + ".internal"))
                        .forEach(type ->
                                events.add(violated(member, member.getFullName() + " mentions " + type.getFullName())));
            }
        };
    }

    private static Stream<JavaType> types(JavaMember member) {
        return member instanceof JavaCodeUnit unit
                ? Stream.of(
                                Stream.of(unit.getReturnType()),
                                unit.getParameterTypes().stream(),
                                unit.getExceptionTypes().stream())
                        .flatMap(Function.identity())
                : Stream.of(((JavaField) member).getType());
    }

    @ArchTest
    static final ArchRule onlyTheSpringPackageKnowsSpring = noClasses()
            .that()
            .resideOutsideOfPackage(SPRING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel.spring..", SPRING);

    // It is optional: these two load only where a registry was found.
    @ArchTest
    static final ArchRule onlyItsMetersKnowMicrometer = noClasses()
            .that()
            .haveNameNotMatching(".*\\.metrics\\.(MicrometerMeters|OwnMeters)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    // camel-endpointdsl is optional, too.
    @ArchTest
    static final ArchRule onlyTheEndpointBuilderKnowsCamelsBuilders = noClasses()
            .that()
            .haveNameNotMatching(".*\\.SoraEndpointBuilder(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.builder..");

    @ArchTest
    static final ArchRule nothingElseNeedsTheEndpointBuilder = noClasses()
            .that()
            .haveNameNotMatching(".*\\.SoraEndpointBuilder(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.SoraEndpointBuilder(\\$.*)?");

    // What it needs is optional: a catalogue, a parser of YAML, a compiler, an engine that is never started.
    @ArchTest
    static final ArchRule onlyTheCheckOfRoutesKnowsWhatItNeeds = noClasses()
            .that()
            .resideOutsideOfPackage(VALIDATE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.camel.catalog..",
                    "org.apache.camel.tooling..",
                    "org.apache.camel.impl",
                    "org.snakeyaml..",
                    "com.sun.source..",
                    "javax.tools..",
                    VALIDATE);

    @ArchTest
    static final ArchRule onlyTheTelemetryPackageKnowsTelemetry = noClasses()
            .that()
            .resideOutsideOfPackage(TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..", "org.apache.camel.telemetry..");

    // Where the libraries are missing, the other classes of the package cannot be loaded.
    @ArchTest
    static final ArchRule onlyWhatLoadsWithoutThemIsUsedElsewhere = noClasses()
            .that()
            .resideOutsideOfPackage(TELEMETRY)
            .should()
            .dependOnClassesThat(
                    resideInAPackage(TELEMETRY).and(describe("are not TracerSpans", type -> !type.getSimpleName()
                            .equals("TracerSpans"))));

    @ArchTest
    static final ArchRule theApiKnowsNothingOfOurs = knowsOnly("api");

    @ArchTest
    static final ArchRule theWireKnowsTheApiAndTime = knowsOnly("internal.toapis", "api", "internal.time");

    @ArchTest
    static final ArchRule theRateLimiterKnowsTheApiAndTime = knowsOnly("internal.ratelimit", "api", "internal.time");

    @ArchTest
    static final ArchRule theDownloadKnowsTheApiOnly = knowsOnly("internal.download", "api");

    // An event holds a task in the wire's form.
    @ArchTest
    static final ArchRule theWebhookKnowsTheApiAndTheWire = knowsOnly("internal.webhook", "api", "internal.toapis");

    @ArchTest
    static final ArchRule theLedgerKnowsTheApiTheWireTimeItsBookAndTraces =
            knowsOnly("internal.ledger", "api", "internal.toapis", "internal.time", "internal.spend", "internal.trace");

    @ArchTest
    static final ArchRule tracesKnowTheApiOnly = knowsOnly("internal.trace", "api");

    @ArchTest
    static final ArchRule spendingKnowsTheApiOnly = knowsOnly("internal.spend", "api");

    @ArchTest
    static final ArchRule theLedgerInMemoryKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage(within("internal.ledger.memory"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(within("internal.ledger.jdbc"));

    // Leases belong to NodeLease, and old records are removed by the housekeeper: neither changes a task.
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

    // An endpoint makes its producers, and a component its runtime, which know both: these packages are one.
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    // What is about who waits is below what asks, recovers, delivers and takes over.
    @ArchTest
    static final ArchRule theTrackingKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage(within("internal.track"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    TOP + ".internal.poll",
                    within("internal.recovery"),
                    within("internal.submit"),
                    within("internal.deliver"),
                    within("internal.cluster"),
                    within("internal.runtime"),
                    within("internal.camel"));

    // Their methods take, or check, the monitor that guards them.
    @ArchTest
    static final ArchRule whatAMonitorGuardsIsPrivate = fields().that()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat()
            .haveNameMatching(".*\\.(TaskEntry|PollState)")
            .should()
            .bePrivate();

    private static final class Packages implements SliceAssignment {
        private static final Predicate<JavaClass> CAMEL_SIDE =
                resideInAnyPackage(TOP, TOP + ".internal.camel..", TOP + ".internal.runtime..");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(CAMEL_SIDE.test(javaClass) ? "the Camel side" : javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
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
