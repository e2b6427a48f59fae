package io.github.camelsora.simulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a simulator as a program, until it is interrupted: {@code java -jar … --port 8080}. {@code --help} lists the
 * options.
 */
public final class SimulatorMain {

    private static final int WRONG_ARGUMENTS = 2;
    private static final int NOT_STARTED = 1;

    private SimulatorMain() {}

    /**
     * Starts a simulator and keeps it running. Exits with 2 for wrong arguments, and with 1 if a port is in use.
     *
     * @param arguments see {@code --help}
     * @throws InterruptedException if this thread is interrupted, which ends the simulator
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            SimulatorArguments parsed = SimulatorArguments.parse(arguments);
            if (parsed.wantsHelp()) {
                System.out.print(SimulatorArguments.HELP);
                return;
            }
            ToApisSimulator simulator = start(parsed, System.out);
            try {
                new CountDownLatch(1).await();
            } finally {
                simulator.close();
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + ". --help lists the options.");
            System.exit(WRONG_ARGUMENTS);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + ".");
            System.exit(NOT_STARTED);
        }
    }

    static ToApisSimulator start(SimulatorArguments arguments, PrintStream out) {
        if (!arguments.isQuiet()) {
            arguments.builder().onAnswer((request, status) -> out.println(line(request, status)));
            arguments.builder().onWebhook(delivery -> out.println(line(delivery)));
        }
        ToApisSimulator simulator = arguments.builder().start();
        String source = simulator.addSource(arguments.source());
        String remixUrl = simulator.baseUrl() + "/v1/videos/" + PathSegments.encode(source) + "/remix";
        out.println("ToAPIs simulator");
        out.println("  API      " + simulator.baseUrl());
        out.println("  files    " + simulator.fileBaseUrl());
        out.println("  API key  " + simulator.apiKey());
        out.println("  source   " + source + " (a finished video, ready to be remixed)");
        if (arguments.webhookUrl() != null) {
            out.println("  webhooks " + arguments.webhookUrl());
        }
        out.println("Try it:");
        out.printf(
                "  curl -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' "
                        + "-d '{\"model\": \"sora-2\", \"prompt\": \"Add a puppy\", \"duration\": 10}' %s%n",
                simulator.apiKey(), remixUrl);
        out.println("Ctrl+C stops it.");
        out.flush();
        return simulator;
    }

    private static String line(ReceivedRequest request, int status) {
        String answer = status == 0 ? "cut" : String.valueOf(status);
        return "%s  %-4s %s  %s".formatted(request.at(), request.method(), request.path(), answer);
    }

    private static String line(WebhookDelivery delivery) {
        WebhookTry last = delivery.tries().get(delivery.tries().size() - 1);
        String answer = last.problem() == null ? String.valueOf(last.status()) : last.problem();
        return "%s  webhook %s %s of %s, try %d  %s"
                .formatted(
                        last.sentAt(),
                        delivery.event().type().word(),
                        delivery.event().id(),
                        delivery.event().taskId(),
                        delivery.tries().size(),
                        answer);
    }
}
