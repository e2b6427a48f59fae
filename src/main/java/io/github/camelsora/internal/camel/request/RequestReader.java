package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Assembles a request from body fields, headers and options; the first value found wins, in that order. A text body is the
 * prompt only when headers and options have none.
 */
public final class RequestReader {
    private static final List<String> REQUEST_HEADERS = List.of(
            SoraConstants.VIDEO_ID,
            SoraConstants.PROMPT,
            SoraConstants.MODEL,
            SoraConstants.DURATION,
            SoraConstants.ASPECT_RATIO,
            SoraConstants.REQUEST_KEY,
            SoraConstants.TAG,
            SoraConstants.TENANT,
            SoraConstants.PRIORITY);

    private final RequestOptions options;

    public RequestReader(RequestOptions options) {
        this.options = options;
    }

    /** Reads the request of a message. */
    public RemixRequest read(Exchange exchange) {
        Message message = exchange.getMessage();
        RequestBodyParser body = RequestBodyParser.read(exchange);
        RemixRequest fields = body.fields();
        Choice choice = new Choice(exchange);
        Object duration = fields.duration() != null
                ? fields.duration()
                : first(message.getHeader(SoraConstants.DURATION), () -> option(exchange, options.duration()));
        String prompt = choice.of(fields.prompt(), SoraConstants.PROMPT, options.prompt());
        RemixRequest request = new RemixRequest(
                choice.of(fields.videoId(), SoraConstants.VIDEO_ID, options.videoId()),
                prompt != null ? prompt : body.text(),
                choice.of(fields.model(), SoraConstants.MODEL, options.model()),
                RequestBodyParser.seconds("duration", duration),
                choice.of(fields.aspectRatio(), SoraConstants.ASPECT_RATIO, options.aspectRatio()),
                fields.more());
        return RequestBodyParser.orReject(() -> checked(request));
    }

    private static RemixRequest checked(RemixRequest request) {
        TextCheck.requireIntact("The video id", request.videoId());
        TextCheck.requireIntact("The prompt", request.prompt());
        TextCheck.requireIntact("The model", request.model());
        TextCheck.requireIntact("The aspect ratio", request.aspectRatio());
        TextCheck.requireInAll("the further fields of the request", request.more(), TextCheck::requireIntact);
        return request;
    }

    /** The first value of: a body field, a header, an option. The option is evaluated only when needed. */
    private record Choice(Exchange exchange) {
        String of(String field, String header, OptionExpression option) {
            if (field != null) {
                return field;
            }
            return first(exchange.getMessage().getHeader(header, String.class), () -> option(exchange, option));
        }
    }

    /** Reads the user's key; null when there is none. */
    public String readKey(Exchange exchange) {
        Object value = exchange.getMessage().getHeader(SoraConstants.REQUEST_KEY);
        String fault = value == null ? null : KeyText.fault(exchange, value);
        if (fault != null) {
            // Not replaced by a generated key: each replay would be paid for, which the user meant to prevent.
            throw RequestBodyParser.rejected(
                    "The request key " + fault + " (header CamelSoraRequestKey, option requestKey)");
        }
        String key = header(exchange.getMessage(), SoraConstants.REQUEST_KEY);
        if (key == null && !options.requestKey().isSet()) {
            return null;
        }
        String given = key != null ? key : option(exchange, options.requestKey());
        if (RequestText.withoutLeadingBlanks(given).isEmpty()) {
            throw RequestBodyParser.rejected(
                    "The request key is empty (header CamelSoraRequestKey, option requestKey)");
        }
        if (given.length() > TaskKey.LONGEST_KEY) {
            throw RequestBodyParser.rejected("The request key has " + given.length() + " characters; at most "
                    + TaskKey.LONGEST_KEY + " can be stored (header CamelSoraRequestKey, option requestKey)");
        }
        return RequestBodyParser.orReject(() -> TextCheck.requireIntact("The request key", given));
    }

    /** Reads the tenant of a message; null when there is none. */
    public String readTenant(Exchange exchange) {
        String tenant =
                first(header(exchange.getMessage(), SoraConstants.TENANT), () -> option(exchange, options.tenant()));
        if (tenant == null || tenant.isEmpty()) {
            return null;
        }
        if (tenant.length() > TaskLabels.LONGEST_TENANT) {
            throw RequestBodyParser.rejected("The tenant has " + tenant.length() + " characters; at most "
                    + TaskLabels.LONGEST_TENANT + " can be stored (header CamelSoraTenant, option tenant)");
        }
        return RequestBodyParser.orReject(() -> TextCheck.requireIntact("The tenant", tenant));
    }

    /** Reads the priority of a message. */
    public int readPriority(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(SoraConstants.PRIORITY);
        String text = header == null ? option(exchange, options.priority()) : header.toString();
        return RequestBodyParser.orReject(() -> PriorityText.parse(text));
    }

    /** Removes the headers of a request, so that the next step does not inherit them. */
    public static void removeHeaders(Message message) {
        REQUEST_HEADERS.forEach(message::removeHeader);
    }

    private static String header(Message message, String name) {
        return message.getHeader(name, String.class);
    }

    /** Evaluates an option for a message; null when it is not set. */
    private static String option(Exchange exchange, OptionExpression option) {
        return RequestBodyParser.orReject(() -> option.read(exchange));
    }

    private static <T> T first(T candidate, Supplier<? extends T> next) {
        return candidate != null ? candidate : next.get();
    }
}
