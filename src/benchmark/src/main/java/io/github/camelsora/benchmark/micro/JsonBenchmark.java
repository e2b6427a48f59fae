package io.github.camelsora.benchmark.micro;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.WireSamples;
import io.github.camelsora.internal.toapis.Json;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.toapis.TaskReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done to JSON in the life of a task. */
@State(Scope.Benchmark)
public class JsonBenchmark {
    private final RemixRequest request = RemixRequest.of("video_01K8SGYNNNVBQTXNR4MM964S7K", "Add a puppy")
            .withModel("sora-2")
            .withDuration(15);
    private final byte[] answer = WireSamples.completed();
    private final VideoTask task = WireSamples.completedTask();
    private final String result = TaskJson.write(task);

    /**
     * A request becomes what the ledger keeps.
     *
     * @return its text
     */
    @Benchmark
    public String writeRequest() {
        return SubmitRequest.of(SubmitOperation.REMIX, request).toJson();
    }

    /**
     * An answer of the service becomes a task.
     *
     * @return the task
     */
    @Benchmark
    public VideoTask readStatus() {
        return Json.readObject(answer)
                .flatMap(json -> TaskReader.read(json, WireSamples.BASE))
                .orElseThrow();
    }

    /**
     * A task becomes what the ledger keeps.
     *
     * @return its text
     */
    @Benchmark
    public String writeResult() {
        return TaskJson.write(task);
    }

    /**
     * What the ledger keeps becomes a task.
     *
     * @return the task
     */
    @Benchmark
    public VideoTask readResult() {
        return TaskJson.read(result);
    }
}
