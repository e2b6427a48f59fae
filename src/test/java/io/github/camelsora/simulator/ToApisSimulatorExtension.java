package io.github.camelsora.simulator;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Brings a simulator into a JUnit 5 test. In a static field it runs for all tests of the class and is reset before
 * each; in an instance field each test has its own. Tests get it by {@link #simulator} or as a parameter.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ToApisSimulatorExtension toApis = ToApisSimulatorExtension.create();
 *
 * @Test
 * void aRemixIsPaidOnce(ToApisSimulator simulator) { … }
 * }</pre>
 *
 * <p>Tests that share one must not run at the same time.
 */
public final class ToApisSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final ToApisSimulatorBuilder builder;
    private ToApisSimulator simulator;
    private boolean forAll;

    private ToApisSimulatorExtension(ToApisSimulatorBuilder builder) {
        this.builder = builder;
    }

    /** {@return an extension whose simulator has all defaults} */
    public static ToApisSimulatorExtension create() {
        return of(ToApisSimulator.builder());
    }

    /**
     * Makes an extension for a simulator of the test's choice.
     *
     * @param builder which one; it is started by the extension
     * @return the extension
     */
    public static ToApisSimulatorExtension of(ToApisSimulatorBuilder builder) {
        return new ToApisSimulatorExtension(builder);
    }

    /**
     * Gives the simulator.
     *
     * @return the one that runs for the present test
     * @throws IllegalStateException if none runs yet, or no more
     */
    public ToApisSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("The simulator runs only while the tests do that it is registered for");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class runs this again, on the simulator of the class around it.
        if (simulator == null) {
            forAll = true;
            simulator = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (simulator == null) {
            simulator = builder.start();
        } else {
            simulator.reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAll) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean nested = context.getTestClass().map(Class::getEnclosingClass).isPresent()
                && context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
        if (!nested) {
            close();
        }
    }

    private void close() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ToApisSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }
}
