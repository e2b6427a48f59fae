package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.camel.SoraProducer;
import io.github.camelsora.internal.camel.option.EnumOption;
import java.util.Collection;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code sora:ledger}: what an operator sees of the ledger and does with it. */
public final class LedgerProducer extends SoraProducer {
    /** Read by this step only: the next one must not act by them. */
    private static final List<String> REQUEST_HEADERS = List.of(
            SoraConstants.ACTION,
            SoraConstants.ACTOR,
            SoraConstants.REASON,
            SoraConstants.FILTER,
            SoraConstants.TOKEN,
            SoraConstants.OFFSET,
            SoraConstants.LIMIT,
            SoraConstants.SORT);

    private final OperatorSettings settings;

    public LedgerProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
        this.settings = context.settings().operator();
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        runBlocking(() -> answer(exchange.getMessage()), exchange, callback, (e, c, answer) -> {
            e.getMessage().setBody(answer);
            REQUEST_HEADERS.forEach(e.getMessage()::removeHeader);
            return true;
        });
    }

    private Object answer(Message message) {
        LedgerAction action = action(message);
        LedgerOperator commands = context().operator();
        return switch (action) {
            case list -> commands.list(filter(message), page(message));
            case count -> commands.count(filter(message));
            case export -> commands.export(filter(message), page(message), settings.format());
            case accounts -> commands.accounts();
            case get -> commands.get(account(message), key(message));
            case history -> commands.history(account(message), key(message));
            case lineage -> commands.lineage(account(message), key(message));
            case adopt ->
                commands.adopt(
                        account(message),
                        key(message),
                        message.getHeader(SoraConstants.TASK_ID, String.class),
                        operator(message));
            case cancel -> {
                commands.cancel(accountOrOwn(message), key(message), operator(message));
                yield null;
            }
            case pause -> {
                commands.pause(accountOrOwn(message), operator(message));
                yield null;
            }
            case resume -> {
                commands.resume(accountOrOwn(message), operator(message));
                yield null;
            }
            case erase ->
                isForMany(message)
                        ? actOnMany(action, message)
                        : commands.erase(
                                account(message),
                                message.getHeader(SoraConstants.CORRELATION_ID, String.class),
                                operator(message));
            case retry -> actOnOneOrMany(action, commands::retry, message);
            case release -> actOnOneOrMany(action, commands::release, message);
            case forget -> actOnOneOrMany(action, commands::forget, message);
            case setAside -> actOnOneOrMany(action, commands::setAside, message);
        };
    }

    /** An action on the record of one key. */
    private interface ActionOnOne {
        TaskRecord on(String account, String key, Operator by);
    }

    private Object actOnOneOrMany(LedgerAction action, ActionOnOne one, Message message) {
        return isForMany(message)
                ? actOnMany(action, message)
                : one.on(account(message), key(message), operator(message));
    }

    private boolean isForMany(Message message) {
        return message.getHeader(SoraConstants.TOKEN) != null
                || filterText(message) != null
                || message.getBody() instanceof Collection;
    }

    private Object actOnMany(LedgerAction action, Message message) {
        String token = message.getHeader(SoraConstants.TOKEN, String.class);
        if (token != null) {
            return context().operator().act(action, token, operator(message));
        }
        if (!(message.getBody() instanceof Collection<?> chosen)) {
            return context().operator().preview(action, filter(message));
        }
        if (filterText(message) != null) {
            throw new IllegalArgumentException(
                    "The body has chosen keys, and a filter is given as well. Nothing was changed;"
                            + " use one of them");
        }
        return context()
                .operator()
                .preview(action, ChosenKeys.of(chosen, message.getHeader(SoraConstants.ACCOUNT, String.class)));
    }

    /** The action of the endpoint is final: a header may come from a stranger. */
    private LedgerAction action(Message message) {
        if (settings.action() != null) {
            return settings.action();
        }
        String word = message.getHeader(SoraConstants.ACTION, String.class);
        if (word == null) {
            throw new IllegalArgumentException("sora:ledger needs the option action, or the header "
                    + SoraConstants.ACTION + ". Nothing was changed");
        }
        return EnumOption.parse(SoraConstants.ACTION, LedgerAction.class, word);
    }

    private Operator operator(Message message) {
        String actor =
                settings.actor() == null ? message.getHeader(SoraConstants.ACTOR, String.class) : settings.actor();
        if (actor == null) {
            throw new IllegalArgumentException(
                    "sora:ledger needs the option actor, or the header " + SoraConstants.ACTOR
                            + ": the history of the ledger names who has given a command. Nothing was changed");
        }
        return new Operator(actor, message.getHeader(SoraConstants.REASON, String.class));
    }

    private String filterText(Message message) {
        return settings.filter() == null ? message.getHeader(SoraConstants.FILTER, String.class) : settings.filter();
    }

    private TaskFilter filter(Message message) {
        String text = filterText(message);
        return text == null
                ? TaskFilter.ALL
                : TaskFilter.parse(text, context().runtime().ledger().now());
    }

    private TaskPage page(Message message) {
        int offset = message.getHeader(SoraConstants.OFFSET, 0, Integer.class);
        int limit = message.getHeader(SoraConstants.LIMIT, settings.limit(), Integer.class);
        String sort = message.getHeader(SoraConstants.SORT, settings.sort(), String.class);
        return OperatorSettings.page(offset, limit, sort);
    }

    /** The account of a record in the body, else the header; null for the one that has the key. */
    private static String account(Message message) {
        return message.getBody() instanceof TaskRecord record
                ? record.account()
                : message.getHeader(SoraConstants.ACCOUNT, String.class);
    }

    private String accountOrOwn(Message message) {
        String account = account(message);
        return account == null ? context().account() : account;
    }

    /** That of a task or record in the body, for which a header may be stale; else the header, else the body as text. */
    private static String key(Message message) {
        Object body = message.getBody();
        if (body instanceof TaskRecord record) {
            return record.key();
        }
        if (body instanceof VideoTask task && task.key() != null) {
            return task.key();
        }
        String key = message.getHeader(SoraConstants.TASK_KEY, String.class);
        return key == null ? message.getBody(String.class) : key;
    }
}
