package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;

/**
 * An application on camel-main as the page for operators describes it, in which something goes wrong, and an operator who copies
 * the commands of a section.
 */
final class NightShift {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    final ToApisSimulator toApis;
    final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 1_000));
    final Main main = new Main();

    private final Path folder;
    private final Path keyFile;
    private final int webhookPort = FreePort.find();
    private final int managementPort = FreePort.find();
    private final List<String> left;
    private final List<String> exports = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> instead = new HashMap<>();
    private String printed = "";

    NightShift(String section, ToApisSimulator toApis, Path folder) throws IOException {
        this.toApis = toApis;
        this.folder = folder;
        this.keyFile = Files.writeString(folder.resolve("key"), toApis.apiKey());
        this.left = new ArrayList<>(OperationsPage.commands().get(section));
        environment.putAll(Map.of(
                "SORA_FOLDER",
                folder.resolve("operator").toString(),
                "SORA_ACTOR",
                "joe",
                "TOAPIS_API_KEY",
                toApis.apiKey(),
                "NEW_KEY",
                "sk-new"));
        instead("/srv/orders", folder.toString());
        instead("/run/secrets/toapis", keyFile.toString());
        instead("12345", String.valueOf(ProcessHandle.current().pid()));
        instead("localhost:9876", "127.0.0.1:" + managementPort);
        instead("localhost:8080", "127.0.0.1:" + webhookPort);
        instead("https://toapis.com", toApis.baseUrl());
    }

    /** What this machine has where the page has an example. */
    NightShift instead(String shown, String real) {
        instead.put(shown, real);
        return this;
    }

    /** From now on the script uses JMX. */
    void useJmx() {
        environment.put("SORA_PID", String.valueOf(ProcessHandle.current().pid()));
    }

    void start(String... options) {
        main.bind("ledger", ledger);
        Map<String, String> properties = new HashMap<>(toApis.camelProperties());
        properties.putAll(Map.of(
                "camel.component.sora.api-key", "file:" + keyFile,
                "camel.component.sora.ledger", "#bean:ledger",
                "camel.component.sora.rate-group", "none",
                "camel.component.sora.webhook-secret", "whsec-of-the-night",
                "camel.main.routes-include-pattern",
                        "file:samples/operator/sora-operator.yaml,file:" + Snippets.file("webhook.yaml"),
                "sora.operator.directory", folder.resolve("operator").toString(),
                "camel.server.enabled", "true",
                "camel.server.host", "127.0.0.1",
                "camel.server.port", String.valueOf(webhookPort)));
        properties.putAll(Map.of(
                "camel.health.enabled", "true",
                "camel.metrics.enabled", "true",
                "camel.main.dev-console-enabled", "true",
                "camel.management.enabled", "true",
                "camel.management.host", "127.0.0.1",
                "camel.management.port", String.valueOf(managementPort),
                "camel.management.health-check-enabled", "true",
                "camel.management.metrics-enabled", "true",
                "camel.management.dev-console-enabled", "true"));
        for (int i = 0; i < options.length; i += 2) {
            properties.put("camel.component.sora." + options[i], options[i + 1]);
        }
        properties.forEach(main::addInitialProperty);
        main.start();
    }

    SoraComponent sora() {
        return main.getCamelContext().getComponent("sora", SoraComponent.class);
    }

    TaskRecord recordOf(String key) {
        return ledger.find("default", key).orElseThrow();
    }

    /** Submits a remix, and does not wait for its task. */
    Exchange submit(String key) {
        return submitAsync(key, "tag", "night").join();
    }

    /** Submits a remix with a tag, whose task another operator sets aside. */
    void submitAndSetAside(String key, String tag) {
        submitAsync(key, "tag", tag).join();
        sora().operator().setAside("default", key, new Operator("ann", "The disk is full"));
    }

    CompletableFuture<Exchange> submitAsync(String key, String option, String value) {
        String source = toApis.addSource();
        return main.getCamelContext()
                .createProducerTemplate()
                .asyncSend(
                        "sora:remix?waitForCompletion=false&model=sora-2&prompt=A puppy&videoId=" + source
                                + "&requestKey=" + key + "&" + option + "=" + value,
                        exchange -> {});
    }

    /** Runs the commands of the next block of the section, one by one, and returns what they have printed. */
    String runNextBlock() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String command : left.remove(0).replace("\\\n", " ").lines().toList()) {
            if (command.startsWith("export ")) {
                exports.add(real(command));
            } else {
                printed = new OperatorShell(folder, environment).run(String.join("\n", exports) + "\n" + real(command));
                all.append(printed);
            }
        }
        return all.toString();
    }

    private String real(String command) {
        String real = command;
        for (Map.Entry<String, String> example : instead.entrySet()) {
            real = real.replace(example.getKey(), example.getValue());
        }
        if (real.contains("TOKEN")) {
            Matcher token = TOKEN.matcher(printed);
            assertThat(token.find()).as(printed).isTrue();
            real = real.replace("TOKEN", token.group(1));
        }
        return real;
    }

    /** Where the operator's shell is. */
    Path folder() {
        return folder;
    }

    void assertThatAllWasRun() {
        assertThat(left).isEmpty();
    }
}
