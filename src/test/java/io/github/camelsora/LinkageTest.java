package io.github.camelsora;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * What the component uses of Camel exists, and what Camel calls is implemented. The compiler has checked this for one Camel; this
 * test runs with the same bytes on others.
 */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = DoNotIncludeTests.class)
class LinkageTest {
    private static final String CAMEL = "org.apache.camel.";

    // It needs libraries for traces, which are optional and not to be had for each Camel.
    private static final String TELEMETRY = "io.github.camelsora.internal.telemetry";

    @ArchTest
    static final ArchRule whatIsUsedOfCamelExists = classes()
            .that()
            .doNotHaveFullyQualifiedName(TELEMETRY + ".SoraSpanDecorator")
            .should(new ArchCondition<>("find in Camel what they use") {
                @Override
                public void check(JavaClass ours, ConditionEvents events) {
                    for (Dependency dependency : ours.getDirectDependenciesFromSelf()) {
                        JavaClass used = dependency.getTargetClass().getBaseComponentType();
                        if (used.getName().startsWith(CAMEL) && !used.isFullyImported()) {
                            events.add(violated(
                                    ours, "There is no " + used.getName() + ": " + dependency.getDescription()));
                        }
                    }
                    for (JavaAccess<?> access : ours.getAccessesFromSelf()) {
                        boolean isOfCamel = access.getTargetOwner().getName().startsWith(CAMEL);
                        if (isOfCamel && access.getTarget().resolveMember().isEmpty()) {
                            events.add(violated(ours, access.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule whatCamelCallsIsImplemented = classes()
            .that()
            // Generated for one Camel. Others read nothing from it that differs.
            .doNotBelongToAnyOf(SoraEndpointUriFactory.class)
            .and()
            .resideOutsideOfPackage(TELEMETRY)
            .should(new ArchCondition<>("implement what Camel calls") {
                @Override
                public void check(JavaClass ours, ConditionEvents events) {
                    Class<?> type = ours.reflect();
                    if (Modifier.isAbstract(type.getModifiers())) {
                        return;
                    }
                    for (Method method : type.getMethods()) {
                        if (Modifier.isAbstract(method.getModifiers())) {
                            events.add(violated(ours, ours.getName() + " has no " + method));
                        }
                    }
                }
            });
}
