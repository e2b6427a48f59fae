package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.simulator.ToApisSimulatorBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A program that does the job, as its own users would write it.
 *
 * @param name what it is called
 * @param title what it is called in the tables
 * @param resources the folder below {@code src/main/resources/rivals} that has its YAML, properties and SQL, if it has any
 * @param sources the package below this one that has its Java; empty if it has none
 * @param program its main class
 * @param options options of its JVM, at any size
 * @param quickOptions more of them for a small size, which is over before its usual pauses are
 * @param server the main class of a server that it needs, which outlives the kill of the program; empty if it needs none. The
 *     first line that the server prints is its host and port, which the program gets as {@code rival.server}
 * @param service what the service is for it alone, such as another form of its API
 */
record Rival(
        String name,
        String title,
        String resources,
        Optional<String> sources,
        String program,
        List<String> options,
        List<String> quickOptions,
        Optional<Class<?>> server,
        UnaryOperator<ToApisSimulatorBuilder> service) {

    /**
     * A rival whose main class is in a package below this one, and that needs nothing else.
     *
     * @param name what it is called
     * @param title what it is called in the tables
     * @param sources the package
     * @param program the simple name of its main class there
     * @return the rival
     */
    static Rival ofProgram(String name, String title, String sources, String program) {
        return of(name, title, Optional.of(sources), Rival.class.getPackageName() + "." + sources + "." + program);
    }

    /**
     * A rival on camel-main, whose user writes properties and YAML only.
     *
     * @param name what it is called
     * @param title what it is called in the tables
     * @return the rival, which reads {@code application.properties} among its resources
     */
    static Rival ofProperties(String name, String title) {
        return of(name, title, Optional.empty(), "org.apache.camel.main.Main")
                .withOptions("-Dcamel.main.property-placeholder-location=classpath:rivals/" + name
                        + "/application.properties");
    }

    /** One that needs nothing else, with any main class. */
    static Rival of(String name, String title, Optional<String> sources, String program) {
        return new Rival(
                name, title, name, sources, program, List.of(), List.of(), Optional.empty(), UnaryOperator.identity());
    }

    /**
     * The same with options of its JVM.
     *
     * @param more such as {@code -Dname=value}
     * @return a copy
     */
    Rival withOptions(String... more) {
        List<String> all = Stream.concat(options.stream(), Stream.of(more)).toList();
        return new Rival(name, title, resources, sources, program, all, quickOptions, server, service);
    }

    /**
     * The same with more options at a small size.
     *
     * @param more such as {@code -Dname=value}
     * @return a copy
     */
    Rival withQuickOptions(String... more) {
        List<String> all = Stream.concat(quickOptions.stream(), Stream.of(more)).toList();
        return new Rival(name, title, resources, sources, program, options, all, server, service);
    }

    /**
     * The same with a server.
     *
     * @param mainClass the server's main class, in this package because no user writes it
     * @return a copy
     */
    Rival withServer(Class<?> mainClass) {
        return new Rival(
                name, title, resources, sources, program, options, quickOptions, Optional.of(mainClass), service);
    }

    /**
     * The same with another form of the service.
     *
     * @param form such as {@code service -> service.envelope(…)}
     * @return a copy
     */
    Rival withService(UnaryOperator<ToApisSimulatorBuilder> form) {
        return new Rival(name, title, resources, sources, program, options, quickOptions, server, form);
    }

    /**
     * The same program as another rival.
     *
     * @param otherName what that is called
     * @param otherTitle what that is called in the tables
     * @return a copy
     */
    Rival as(String otherName, String otherTitle) {
        return new Rival(otherName, otherTitle, resources, sources, program, options, quickOptions, server, service);
    }

    List<String> optionsOf(Scenario scenario) {
        return scenario.isQuick()
                ? Stream.concat(options.stream(), quickOptions.stream()).toList()
                : options;
    }

    @Override
    public String toString() {
        return name;
    }
}
