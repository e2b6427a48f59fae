package io.github.camelsora.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Captures all log events as events, with their level, thread and MDC. */
public final class LogEvents extends AbstractAppender implements AutoCloseable {
    private static final String OURS = "io.github.camelsora.";

    private final Queue<LogEvent> events = new ConcurrentLinkedQueue<>();

    private LogEvents() {
        super("log events", null, null, true, Property.EMPTY_ARRAY);
    }

    public static LogEvents capture() {
        LogEvents capture = new LogEvents();
        capture.start();
        root().addAppender(capture);
        return capture;
    }

    @Override
    public void append(LogEvent event) {
        events.add(event.toImmutable());
    }

    /** All events of a level, or of a more severe one. */
    public List<LogEvent> from(Level level) {
        return stream(level).toList();
    }

    /** Those of this component. */
    public List<LogEvent> oursFrom(Level level) {
        return stream(level)
                .filter(event -> event.getLoggerName().startsWith(OURS))
                .toList();
    }

    private Stream<LogEvent> stream(Level level) {
        return events.stream().filter(event -> event.getLevel().isMoreSpecificThan(level));
    }

    /** The message of an event, with the stack trace of what was thrown. */
    public static String text(LogEvent event) {
        StringWriter text = new StringWriter();
        text.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    @Override
    public void close() {
        root().removeAppender(this);
        stop();
    }

    private static Logger root() {
        return ((LoggerContext) LogManager.getContext(false)).getRootLogger();
    }
}
