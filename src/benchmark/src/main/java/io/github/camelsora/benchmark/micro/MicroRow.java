package io.github.camelsora.benchmark.micro;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The small things that are done for each task, measured by JMH. What it says meanwhile is in {@code target/jmh.txt}. */
public final class MicroRow implements Row {

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        TimeValue time = TimeValue.milliseconds(effort.of(1_000, 50));
        return new Runner(new OptionsBuilder()
                        .include("io\\.github\\.camelsora\\.benchmark\\.micro\\..*Benchmark\\..*")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .forks(1)
                        .warmupIterations(effort.of(3, 1))
                        .warmupTime(time)
                        .measurementIterations(effort.of(5, 1))
                        .measurementTime(time)
                        .output("target/jmh.txt")
                        .build())
                .run().stream().map(MicroRow::figure).toList();
    }

    private static Figure figure(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        return Figure.shown("JMH: " + result.getLabel(), Figure.text("%.2f us", result.getScore()));
    }
}
