package io.github.camelsora.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Captures the log events of one class from WARN on. */
public final class WarningCapture extends AbstractAppender implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final String source;

    private WarningCapture(Class<?> source) {
        super("warnings of " + source.getSimpleName(), null, null, true, Property.EMPTY_ARRAY);
        this.source = source.getName();
    }

    public static WarningCapture of(Class<?> source) {
        WarningCapture warnings = new WarningCapture(source);
        warnings.start();
        root().addAppender(warnings);
        return warnings;
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(Level.WARN)
                && event.getLoggerName().equals(source)) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
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
