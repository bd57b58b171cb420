package org.scenecontexts.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.scenecontexts.api.text.Printable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Sets up where log lines go: short ones to the console, dated ones to a file per run and per stage.
 *
 * <p>Works on Logback; under another SLF4J back end lines go where that one sends them, and no files are written.
 *
 * @since 0.1
 */
public final class RunLog {

    /** Lines that a progress bar shows already: kept from a console that is a terminal. */
    public static final Marker PROGRESS = MarkerFactory.getMarker("PROGRESS");

    /** Lines that the console is told in another way, such as what ends a program: kept from every console. */
    public static final Marker FILE_ONLY = MarkerFactory.getMarker("FILE_ONLY");

    private static final String FILE_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%ex";
    private static final String CONSOLE_PATTERN = "%replace(%level ){'^(INFO|DEBUG|TRACE) $', ''}%msg%n%nopex";

    /** Which piece of work a thread is at, until that has ended; threads that it starts are at the same. */
    private static final InheritableThreadLocal<AtomicBoolean> ENDED = new InheritableThreadLocal<>();

    private RunLog() {}

    /** Whether standard output is a person's terminal. */
    public static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /**
     * Sends log lines of level INFO and above to standard output, instead of what was set up before.
     *
     * @param terminal whether to leave out what a progress bar shows
     */
    public static void console(boolean terminal) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        // A line that starts at the left edge wipes what a progress bar has left there.
        appender.setEncoder(encoder(context, terminal ? "\r\u001B[K" : "", CONSOLE_PATTERN));
        appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                List<Marker> markers = event.getMarkerList() == null ? List.of() : event.getMarkerList();
                boolean shown = markers.contains(FILE_ONLY) || (terminal && markers.contains(PROGRESS));
                return shown ? FilterReply.DENY : FilterReply.NEUTRAL;
            }
        });
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        // What goes wrong with plugins is reported by the plugin catalog, with a remedy.
        context.getLogger("org.pf4j").setLevel(Level.OFF);
    }

    /** Keeps all but warnings and errors from the console, for commands whose output is a table. */
    public static void warningsOnly() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        }
    }

    /**
     * Sends log lines to a file as well until closed; lines are added to an existing file.
     *
     * @param file its folder is made when missing
     */
    public static Scope file(Path file) {
        return file(file, line -> FilterReply.NEUTRAL);
    }

    /**
     * As {@link #file}, for what this thread, and those that it starts from now on, are about to do: lines of threads that are at other
     * such work do not go there.
     */
    public static Scope ownFile(Path file) {
        AtomicBoolean own = new AtomicBoolean();
        ENDED.set(own);
        Scope lines = file(file, line -> {
            AtomicBoolean work = ENDED.get();
            return work == null || work == own || work.get() ? FilterReply.NEUTRAL : FilterReply.DENY;
        });
        return () -> {
            lines.close();
            own.set(true);
            ENDED.remove();
        };
    }

    /** Lines are filtered by the thread that writes them. */
    private static Scope file(Path file, Function<ILoggingEvent, FilterReply> filter) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return () -> {};
        }
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(true);
        appender.setEncoder(encoder(context, "", FILE_PATTERN));
        appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return filter.apply(event);
            }
        });
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    /** Lines carry words of files, which must not reach a terminal as they are. */
    private static Encoder<ILoggingEvent> encoder(LoggerContext context, String start, String pattern) {
        PatternLayout layout = new PatternLayout() {
            @Override
            public String doLayout(ILoggingEvent event) {
                return start + Printable.text(super.doLayout(event));
            }
        };
        layout.setContext(context);
        layout.setPattern(pattern);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    /** Log lines that stop going to a file when closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
