package io.github.camelsora.dsl;

import static io.github.camelsora.SoraEndpointBuilder.sora;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.SoraEndpointBuilder;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.api.StorePrompt;
import io.github.camelsora.dsl.EndpointDsl.Option;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointConsumerResolver;
import org.apache.camel.EndpointProducerResolver;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that are built by methods are those of the same URI, and there is a method for each option. */
class EndpointDslTest {
    /** Values of options whose text has a form of its own. */
    private static final Map<String, String> TEXTS = Map.of(
            "baseUrl", "https://toapis.example.com",
            "callbackUrl", "https://example.com/hooks/sora",
            "creditPrices", "sora-2=20",
            "duration", "15s",
            "filter", "state:unknown",
            "priority", "3",
            "sort", "-price",
            "spendLimit", "2000/1d",
            "tenantSpendLimit", "500/1d",
            "videoIndex", "1");

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final SoraComponent component = new SoraComponent();

    @BeforeEach
    void addComponent() {
        component.getConfiguration().setApiKey("none");
        component.getConfiguration().setWebhookPath("/hooks/sora");
        component.getConfiguration().setWebhookSecret("none");
        camel.addComponent("sora", component);
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void theBuilderIsThatOfTheCatalogue() throws IOException {
        if (System.getProperty("docs.write") != null) {
            Files.writeString(EndpointDsl.FILE, new EndpointDsl().java());
        }

        assertThat(EndpointDsl.FILE)
                .as("mvn test -Dtest=EndpointDslTest -Ddocs.write writes it")
                .hasContent(new EndpointDsl().java());
    }

    @ParameterizedTest
    @EnumSource
    void eachOperationHasAMethod(SoraOperation operation) throws Exception {
        Object builder = builder(operation);

        assertThat(configuredBy(builder).getConfiguration().getOperation()).isEqualTo(operation);
        assertThat(builder)
                .isInstanceOf(
                        operation.isConsumer()
                                ? SoraEndpointBuilder.ConsumerBuilder.class
                                : SoraEndpointBuilder.ProducerBuilder.class);
    }

    static Stream<Option> options() throws IOException {
        return EndpointDsl.options().stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachMethodOfAnOptionSetsWhatTheUriSets(Option option) throws Exception {
        List<Method> methods = methods(option);

        assertThat(methods).isNotEmpty();
        if (isObject(option) && !option.isMap() && !option.type().equals("Object")) {
            bean(option);
        }
        for (Method method : methods) {
            Object builder = builder(operation(method));
            if (option.name().equals("baseUrl")) {
                // An address of its own wants a key of its own.
                setKey(builder);
            }
            method.invoke(builder, arguments(option, method));

            assertThat(valueOf(configuredBy(builder), option))
                    .as("%s", method)
                    .isNotNull()
                    .isEqualTo(valueOf(configuredByUri(operation(method), option), option));
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionOfOneSideIsOfferedOnThatSideOnly(Option option) {
        assertThat(methods(option).stream().map(EndpointDslTest::operation).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        option.has("consumer")
                                ? List.of(SoraOperation.tasks)
                                : option.has("producer")
                                        ? List.of(SoraOperation.remix)
                                        : List.of(SoraOperation.tasks, SoraOperation.remix));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A & B",
                "1 + 1 = 2",
                "100%",
                "50%25",
                "a?b#c",
                "Ein Bär",
                "\"quoted\"",
                "a/b\\c",
                "1 + (a)",
                "RAW",
                "{x}",
                "a & {x}",
                "(a)&b"
            })
    void freeTextNeedsNoEncoding(String text) {
        SoraEndpoint endpoint = configuredBy(sora().remix().prompt(text));

        assertThat(endpoint.getConfiguration().getPrompt()).isEqualTo(text);
    }

    @Test
    void aPlaceholderIsResolved() {
        camel.getPropertiesComponent().addInitialProperty("videos", "/var/videos");

        SoraEndpoint endpoint = configuredBy(sora().download().directory("{{videos}}"));

        assertThat(endpoint.getConfiguration().getDirectory()).isEqualTo("/var/videos");
    }

    @Test
    void anObjectIsUsedAsItIs() {
        SSLContextParameters ssl = new SSLContextParameters();

        SoraEndpoint endpoint = configuredBy(sora().remix().sslContextParameters(ssl));

        assertThat(endpoint.getConfiguration().getSslContextParameters()).isSameAs(ssl);
    }

    @Test
    void aComponentMayHaveAnotherName() {
        SoraComponent europe = new SoraComponent();
        europe.getConfiguration().setApiKey("none");
        camel.addComponent("soraEurope", europe);

        SoraEndpoint endpoint = configuredBy(sora("soraEurope").remix());

        assertThat(endpoint.getComponent()).isSameAs(europe);
    }

    @Test
    void aRouteTakesBuildersWhereItTakesUris() throws Exception {
        component.getConfiguration().setModelCheck(ModelCheck.OFF);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(sora().tasks().tag("orders").advanced().exchangePattern("InOnly"))
                        .routeId("built")
                        .autoStartup(false)
                        .to(sora().remix()
                                .requestKey("${header.orderId}")
                                .completionTimeout(Duration.ofMinutes(5))
                                .advanced()
                                .balanceCacheTime("0")
                                .basic()
                                .storePrompt(StorePrompt.hash))
                        .toD(sora().download().directory("videos/${header.orderId}"));
            }
        });

        camel.start();

        assertThat(camel.getEndpoints().stream().map(Endpoint::getEndpointUri))
                .contains(
                        "sora://tasks?exchangePattern=InOnly&tag=orders",
                        URISupport.normalizeUri("sora:remix?balanceCacheTime=0&completionTimeout=300000"
                                + "&requestKey=${header.orderId}&storePrompt=hash"));
    }

    private static Object builder(SoraOperation operation) throws ReflectiveOperationException {
        return SoraEndpointBuilder.class.getMethod(operation.name()).invoke(sora());
    }

    /** The methods of an option in all builders; bridges are not of interest. */
    private static List<Method> methods(Option option) {
        return Stream.of(SoraEndpointBuilder.class.getDeclaredClasses())
                .filter(Class::isInterface)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().equals(option.name()) && !method.isBridge())
                .toList();
    }

    private static SoraOperation operation(Method method) {
        return method.getDeclaringClass().getSimpleName().endsWith("ConsumerBuilder")
                ? SoraOperation.tasks
                : SoraOperation.remix;
    }

    private static void setKey(Object builder) {
        if (builder instanceof SoraEndpointBuilder.ProducerBuilder producer) {
            producer.apiKey("none");
        } else {
            ((SoraEndpointBuilder.ConsumerBuilder) builder).apiKey("none");
        }
    }

    private Object[] arguments(Option option, Method method) throws ClassNotFoundException {
        if (option.isMap()) {
            return method.getParameterCount() == 2 ? new Object[] {"cron", "0"} : new Object[] {Map.of("cron", "0")};
        }
        Class<?> type = method.getParameterTypes()[0];
        String text = text(option);
        if (type == String.class || type == Object.class) {
            return new Object[] {text};
        }
        if (type == Duration.class) {
            return new Object[] {Duration.ofSeconds(7)};
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.toString().equalsIgnoreCase(text))
                    .toArray();
        }
        return new Object[] {
            isObject(option) ? bean(option) : camel.getTypeConverter().convertTo(type, text)
        };
    }

    private static boolean isObject(Option option) {
        return option.node().path("type").asText().equals("object");
    }

    private static String text(Option option) {
        return switch (option.node().path("type").asText()) {
            case "boolean" -> String.valueOf(!option.node().path("defaultValue").asBoolean());
            case "integer", "number" -> "7";
            case "duration" -> "7s";
            case "enum" -> option.node().path("enum").get(1).asText();
            case "object" -> option.type().equals("Object") ? "none" : "#bean:" + option.name();
            default -> TEXTS.getOrDefault(option.name(), "text");
        };
    }

    /** The bean in the registry that the text of the option names. */
    private Object bean(Option option) throws ClassNotFoundException {
        Object bound = camel.getRegistry().lookupByName(option.name());
        if (bound == null) {
            Class<?> type = Class.forName(option.type());
            bound = type.isInterface()
                    ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Bean())
                    : new SSLContextParameters();
            camel.getRegistry().bind(option.name(), bound);
        }
        return bound;
    }

    /** Equal to itself only. */
    private static final class Bean implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> null;
            };
        }
    }

    private SoraEndpoint configuredByUri(SoraOperation operation, Option option) {
        String query =
                option.isMap() ? option.node().path("prefix").asText() + "cron=0" : option.name() + "=" + text(option);
        return (SoraEndpoint) camel.getEndpoint("sora:" + operation + "?" + keyFor(option) + query);
    }

    private static String keyFor(Option option) {
        return option.name().equals("baseUrl") ? "apiKey=none&" : "";
    }

    private SoraEndpoint configuredBy(Object builder) {
        return (SoraEndpoint)
                (builder instanceof EndpointProducerResolver producer
                        ? producer.resolve(camel)
                        : ((EndpointConsumerResolver) builder).resolve(camel));
    }

    private Object valueOf(SoraEndpoint endpoint, Option option) {
        PropertyConfigurerGetter getter =
                (PropertyConfigurerGetter) endpoint.getComponent().getEndpointPropertyConfigurer();
        return getter.getOptionValue(endpoint, option.name(), false);
    }
}
