package io.github.camelsora.docs;

import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.ModelInfo;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.operator.SoraOperator;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.api.management.ManagedOperation;

/** Names in the documentation that look like options of the component and are none. */
final class OtherNames {
    private static final Set<String> OF_CAMEL = Set.of(
            "asyncSend",
            "camelHealth",
            "circuitBreaker",
            "doCatch",
            "doneUoW",
            "metricsRegistry",
            "noErrorHandler",
            "onException",
            "onRedelivery",
            "receiveBody",
            "requestBody",
            "shareUnitOfWork",
            "toD",
            "wireTap");

    private OtherNames() {}

    /** What Camel's users type, the actions of sora:ledger and of its JMX bean, and the fields of what a step leaves in the body. */
    static Set<String> all() {
        Set<String> names = new TreeSet<>(OF_CAMEL);
        Stream.of(
                        VideoTask.class,
                        VideoTask.Video.class,
                        Balance.class,
                        ModelInfo.class,
                        TaskRecord.class,
                        ActionResult.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .forEach(names::add);
        Stream.of(LedgerAction.values()).map(Enum::name).forEach(names::add);
        Stream.of(SoraOperator.class.getMethods())
                .filter(method -> method.isAnnotationPresent(ManagedOperation.class))
                .map(Method::getName)
                .forEach(names::add);
        return names;
    }
}
