package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs rivals from the command line, at their small size unless {@code --full} says otherwise, and prints a line for each:
 *
 * <pre>
 * mvn -q compile exec:java -Dexec.mainClass=io.github.camelsora.benchmark.rivals.RivalsMain -Dexec.args="camel-sora"
 * mvn -q compile exec:java -Dexec.mainClass=io.github.camelsora.benchmark.rivals.RivalsMain -Dexec.args="--full --seed 7 temporal"
 * </pre>
 *
 * <p>What a rival has logged is in {@code target/rivals/one/<name>/program.log}. Beside it are its videos, and {@code timeline.txt} with each
 * submit and each notification, the kill and the outage.
 */
public final class RivalsMain {
    private static final Path ROOT = Path.of("target", "rivals", "one");

    private RivalsMain() {}

    /**
     * Runs.
     *
     * @param arguments names of rivals, none for all; {@code --full}; {@code --seed} and a number
     * @throws Exception if one cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = true;
        long seed = 1;
        List<Rival> rivals = new ArrayList<>();
        List<String> rest = new ArrayList<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            switch (argument) {
                case "--full" -> isQuick = false;
                case "--seed" -> seed = Long.parseLong(rest.remove(0));
                default ->
                    rivals.add(Rivals.named(argument)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "There is no rival " + argument + ", only " + Rivals.ALL)));
            }
        }
        Scenario scenario = Scenario.of(new Effort(isQuick, seed));
        try (PostgresServer postgres = PostgresServer.start()) {
            for (Rival rival : rivals.isEmpty() ? Rivals.ALL : rivals) {
                RivalBooks books = RivalRun.run(rival, scenario, postgres, ROOT);
                System.out.println(rival + ": " + books);
                System.out.println("  " + books.faults());
                System.out.println("  paid twice " + books.paidTwice() + ", not delivered " + books.paidNotDelivered());
                System.out.println("  log: " + ROOT.resolve(rival.name()).resolve("program.log"));
            }
        }
        // Maven would wait for threads that end by themselves.
        System.exit(0);
    }
}
