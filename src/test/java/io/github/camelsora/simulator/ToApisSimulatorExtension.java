package io.github.camelsora.simulator;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension that runs a simulator. In a static field one simulator runs for all tests of the class and is reset
 * before each; in an instance field each test has its own. Tests get it from {@link #simulator} or as a parameter.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ToApisSimulatorExtension toApis = ToApisSimulatorExtension.create();
 *
 * @Test
 * void aRemixIsPaidOnce(ToApisSimulator simulator) { … }
 * }</pre>
 *
 * <p>Tests that share a simulator must not run at the same time.
 */
public final class ToApisSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final ToApisSimulatorBuilder builder;
    private ToApisSimulator simulator;
    private boolean forAll;

    private ToApisSimulatorExtension(ToApisSimulatorBuilder builder) {
        this.builder = builder;
    }

    /** {@return an extension whose simulator has the defaults} */
    public static ToApisSimulatorExtension create() {
        return of(ToApisSimulator.builder());
    }

    /**
     * Makes an extension for a configured simulator.
     *
     * @param builder starts the simulator when the extension needs it
     * @return the extension
     */
    public static ToApisSimulatorExtension of(ToApisSimulatorBuilder builder) {
        return new ToApisSimulatorExtension(builder);
    }

    /**
     * Returns the simulator of the present test.
     *
     * @return the running simulator
     * @throws IllegalStateException before the first and after the last test
     */
    public ToApisSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException(
                    "The simulator runs only during the tests for which this extension is registered");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class calls this again, and uses the simulator of its enclosing class.
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
