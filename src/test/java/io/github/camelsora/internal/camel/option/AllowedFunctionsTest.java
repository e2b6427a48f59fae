package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression may use by default: what reads the message, and nothing that runs anything. */
class AllowedFunctionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no expression at all",
                "bean:x is a text",
                "${header.orderId}",
                "${headers.orderId}",
                "${header[order-id]}",
                "${header:JMSMessageID}",
                "${in.header.x}",
                "order-${header.a}-${header.b}",
                "$simple{header.a}",
                "${body}",
                "${in.body}",
                "${bodyAs(String)}",
                "${body.id}",
                "${body?.address?.city}",
                "${body[orderId]}",
                "${body[0].name}",
                "${body['order'][id]}",
                "${variable.order}",
                "${variable.global:order}",
                "${exchangeProperty.CamelSplitIndex}",
                "${exchangeProperty[order]}",
                "${file:name.noext}",
                "${file:onlyname}",
                "${date:now:yyyy-MM-dd HH:mm}",
                "${date-with-timezone:now:UTC:yyyyMMdd}",
                "${id}",
                "${exchangeId}",
                "${routeId}",
                "${uuid}",
                "${uuid(short)}",
                "${random(1,10)}",
                "${jsonpath($.order.id)}",
                "${exception.message}",
                "${header.name} ?: 'none'",
            })
    void whatReadsTheMessageIsAllowed(String text) {
        assertThatCode(() -> AllowedFunctions.SAFE.check("requestKey", text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${bean:counter}",
                "${bean:counter?method=incrementAndGet}",
                "${method:x}",
                "${ref:counter}",
                "${type:java.lang.System.exit}",
                "${env.HOME}",
                "${env:HOME}",
                "${sysenv.HOME}",
                "${sys.user.home}",
                "${properties:secret}",
                "${propertiesExist:secret}",
                "${camelContext.stop}",
                "${exchange.context.stop}",
                "${exchange}",
                "${function(evil)}",
                "${load(file)}",
                "${setHeader(a,b)}",
                "${setVariable(a,b)}",
                "${throwException(x)}",
                "${jq(env)}",
                "${xpath(function:simple('x'))}",
                "${hash(${body})}",
                "${replace(a,b)}",
                "${newEmpty(list)}",
                "${bodyAs(com.acme.Order)}",
                "${messageAs(x)}",
                "${int:bean:x}",
                "${body.getClass}",
                "${body.class.name}",
                "${body[class]}",
                "${body?.getClass?.name}",
                "${header.x.getClass.getClassLoader}",
                "${body.toUpperCase()}",
                "${body.replace('a','b')}",
                "${body[${bean:counter}]}",
                "${header.${header.name}}",
                "${${header.function}}",
                "$simple{bean:counter}",
                "${header.$simple{bean:counter}}",
                "safe ${header.a} and not ${bean:counter}",
                "${header.a?bean:counter:b}",
                "${header.a ? bean:counter : b}",
                "${header.a} ?: ${bean:counter}",
                "${header.a} ~> ${bean:counter}",
                "${header.a\\}${bean:counter}}",
                "$init{ $a := ${bean:counter}; }init$ ${body}",
                "$init{ $a := 'x'; }init$ ${body}",
                "resource:file:/etc/${header.name}",
                " resource:classpath:${header.name}",
                "${header.unclosed bean:counter",
            })
    void whatCouldRunSomethingIsRefusedByName(String text) {
        assertThatThrownBy(() -> AllowedFunctions.SAFE.check("requestKey", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("requestKey", "allowExpressions=all");
        assertThatCode(() -> AllowedFunctions.ALL.check("requestKey", text)).doesNotThrowAnyException();
    }

    @Test
    void anotherWordIsAnsweredWithTheRightOnes() {
        assertThatThrownBy(() -> AllowedFunctions.parse("some")).hasMessageContaining("safe, all");
    }
}
