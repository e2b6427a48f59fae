package desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.JsonBody;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskNotFoundException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ResolveEndpointFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: JSON, failures, and the headers that tell a browser what a page may do. */
public final class Answers {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "X-Frame-Options",
            "DENY");

    /**
     * Answers with the body as JSON. Whatever it says of the service, an address in it has lost its signature.
     *
     * @param exchange the exchange
     * @throws JsonProcessingException if the body is nothing that JSON can say
     */
    public void json(Exchange exchange) throws JsonProcessingException {
        Object body = exchange.getMessage().getBody();
        Object plain = JSON.convertValue(body instanceof JsonBody json ? json.toMap() : body, Object.class);
        byte[] json = JSON.writeValueAsBytes(Redaction.withoutSignatures(plain));
        answer(exchange, 200, "application/json; charset=utf-8", json).setHeader("Cache-Control", "no-store");
    }

    /**
     * Answers with the status and the sentence of a failure.
     *
     * @param exchange the exchange
     * @throws JsonProcessingException never
     */
    public void failed(Exchange exchange) throws JsonProcessingException {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Throwable failure =
                caught instanceof CompletionException && caught.getCause() != null ? caught.getCause() : caught;
        if (failure instanceof ResolveEndpointFailedException) {
            failure = new Refused(503, Desk.unusable("NAME") + " Nothing was done.");
        }
        int status = status(failure);
        String text = failure.getMessage();
        if (status == 500) {
            LOG.error("The desk has failed", failure);
            text = "The desk has failed; its log says more. An action may have been carried out: see the history of"
                    + " the task.";
        }
        exchange.getMessage()
                .setBody(Map.of("error", text == null ? failure.getClass().getSimpleName() : text));
        json(exchange);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    }

    private static int status(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.status();
        }
        if (failure instanceof TaskNotFoundException || failure instanceof ResultExpiredException) {
            return 404;
        }
        if (failure instanceof KeyConflictException) {
            return 409;
        }
        if (failure instanceof IllegalArgumentException
                || failure instanceof UnsupportedOperationException
                || failure instanceof BadRequestException) {
            return 400;
        }
        // The service, the network or the ledger: the message says what was paid.
        return failure instanceof SoraException ? 502 : 500;
    }

    /** Replaces all headers, so that none of the request is sent back. */
    static Message answer(Exchange exchange, int status, String contentType, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        SECURITY.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(body);
        return message;
    }
}
