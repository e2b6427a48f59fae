package io.github.camelsora.demo;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.LedgerWithHistory;
import java.io.File;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * The demo: loads {@code routes/remix-and-download.yaml} into camel-main and submits one remix. By default the service is a
 * simulator in this JVM and nothing is paid; {@code --real} uses the real service.
 */
public final class RemixDemo {
    private static final String ROUTE = "routes/remix-and-download.yaml";
    private static final String DIRECTORY = "target/videos";
    /** What a remix costs at the simulator; the prices of the service are on the vendor's web page. */
    private static final int PRICE = 20;

    private static final Duration TASK_DURATION = Duration.ofSeconds(5);

    private final DemoArguments arguments;
    private final PrintStream out;

    RemixDemo(DemoArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @param args see {@code --help}
     * @throws Exception if the demo itself fails; a remix that fails ends with exit code 1
     */
    public static void main(String[] args) throws Exception {
        DemoArguments arguments;
        try {
            arguments = DemoArguments.parse(args, System.getenv("TOAPIS_API_KEY"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(DemoArguments.HELP);
            System.exit(2);
            return;
        }
        if (arguments.help()) {
            System.out.println(DemoArguments.HELP);
            return;
        }
        try {
            new RemixDemo(arguments, System.out).run();
        } catch (CamelExecutionException e) {
            // The message of the cause says what happened, whether it was paid, and what to do.
            System.err.println(e.getCause().getMessage());
            System.exit(1);
        }
    }

    void run() throws Exception {
        if (arguments.real()) {
            Map<String, String> options = new HashMap<>();
            options.put("camel.component.sora.api-key", arguments.apiKey());
            if (arguments.baseUrl() != null) {
                options.put("camel.component.sora.base-url", arguments.baseUrl());
                // A service without TLS is one for tests, whose files are on a private host, too.
                boolean isForTests = arguments.baseUrl().startsWith("http:");
                options.put("camel.component.sora.allow-private-hosts", Boolean.toString(isForTests));
            }
            remix(options, arguments.videoId(), null);
            return;
        }
        try (ToApisSimulator simulator = ToApisSimulator.builder()
                .taskDuration(TASK_DURATION)
                .price(PRICE)
                .start()) {
            out.println("A simulator of ToAPIs runs at " + simulator.baseUrl() + "; nothing is paid.");
            Map<String, String> options = Map.of(
                    "camel.component.sora.base-url",
                    simulator.baseUrl(),
                    "camel.component.sora.api-key",
                    simulator.apiKey(),
                    "camel.component.sora.poll-initial-delay",
                    "250",
                    "camel.component.sora.poll-interval",
                    "250",
                    // The learned schedule would know when the remix ends, and poll too rarely for a bar that moves.
                    "camel.component.sora.poll-schedule",
                    "fixed",
                    "camel.component.sora.credit-prices",
                    "sora-2=" + PRICE,
                    "camel.component.sora.allow-private-hosts",
                    "true");
            // A simulator that has just begun has made no remix that could tell how long one takes.
            remix(options, simulator.addSource(), new LedgerWithHistory(simulator.baseUrl(), TASK_DURATION));
        }
    }

    private void remix(Map<String, String> options, String videoId, TaskLedger ledger) throws Exception {
        ProgressBar progress = new ProgressBar(out, System.console() != null, InstantSource.system());
        Main main = new Main();
        main.configure().withRoutesIncludePattern("file:" + ROUTE);
        main.addInitialProperty("sora.directory", DIRECTORY);
        options.forEach(main::addInitialProperty);
        main.bind("progress", progress);
        if (ledger != null) {
            main.bind("ledger", ledger);
        }
        main.start();
        try {
            ProducerTemplate template = main.getCamelTemplate();
            printBalance(template, "before");
            printPrice(template, videoId);
            if (arguments.real() && !isAgreed()) {
                out.println("Nothing was sent.");
                return;
            }
            out.println("Remixing " + videoId + " by " + ROUTE + ": \"" + arguments.prompt() + "\"");
            File file = template.requestBodyAndHeader(
                    "direct:remix-and-download", arguments.prompt(), SoraConstants.VIDEO_ID, videoId, File.class);
            progress.end();
            out.printf("The remix is %s, %,d bytes.%n", file, file.length());
            printBalance(template, "after");
        } finally {
            main.stop();
        }
    }

    private void printBalance(ProducerTemplate template, String when) {
        Balance balance = template.requestBody("sora:balance", null, Balance.class);
        out.printf(
                "Balance %s: %s credits left%s.%n",
                when,
                balance.unlimited() ? "unlimited" : String.valueOf(balance.remainingCredits()),
                balance.usedCredits() == null ? "" : ", " + balance.usedCredits() + " used");
    }

    private void printPrice(ProducerTemplate template, String videoId) {
        SubmitPlan plan = template.requestBodyAndHeader(
                "sora:remix?dryRun=true", arguments.prompt(), SoraConstants.VIDEO_ID, videoId, SubmitPlan.class);
        out.println(
                plan.price() == null
                        ? "The price of this remix is not known (creditPrices). It is paid for once it is accepted."
                        : "This remix costs " + plan.price() + " credits. It is paid for once it is accepted.");
    }

    private boolean isAgreed() {
        if (arguments.yes()) {
            return true;
        }
        if (System.console() == null) {
            throw new IllegalStateException(
                    "Nothing was submitted: consent is needed and there is no terminal. Use --yes to submit without asking");
        }
        return System.console().readLine("Pay for this remix? [y/N] ").strip().equalsIgnoreCase("y");
    }
}
