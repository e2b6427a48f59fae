package io.github.camelsora.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Captures all log events of Camel and of this component, from TRACE on. */
public final class LogCapture extends AbstractAppender implements AutoCloseable {
    private final Queue<String> lines;

    public LogCapture(Queue<String> lines) {
        super("log capture", null, null, true, Property.EMPTY_ARRAY);
        this.lines = lines;
        start();
        levels(Level.TRACE, Level.TRACE);
        root().addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        String thrown = event.getThrown() == null ? "" : stackTrace(event.getThrown());
        lines.add(event.getMessage().getFormattedMessage() + " " + thrown);
    }

    @Override
    public void close() {
        root().removeAppender(this);
        levels(Level.DEBUG, Level.INFO);
        stop();
    }

    private static void levels(Level ours, Level camels) {
        Configurator.setLevel("io.github.camelsora", ours);
        Configurator.setLevel("org.apache.camel", camels);
    }

    private static org.apache.logging.log4j.core.Logger root() {
        return ((LoggerContext) LogManager.getContext(false)).getRootLogger();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
