package org.scenecontexts.runtime.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.array.AtomicFile;

/**
 * The history of a stage as {@code metrics.jsonl}: one JSON object a line, each with its {@code iteration}.
 *
 * @since 0.1
 */
public final class MetricLines implements HistoryFile {

    private final Path file;
    private final FileChannel channel;
    private final Writer out;
    private final Optional<Map<String, Object>> last;

    /**
     * Starts a history, or goes on with one.
     *
     * @param iteration lines of later iterations are dropped, because they will come again
     * @throws UncheckedIOException when the file cannot be written
     */
    public MetricLines(Path file, long iteration) {
        this.file = file;
        try {
            List<String> kept = Files.isRegularFile(file)
                    ? Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                            .filter(line -> iterationOf(line) <= iteration)
                            .toList()
                    : List.of();
            last = kept.isEmpty() ? Optional.empty() : Json.parse(kept.getLast());
            AtomicFile.write(file, stream -> {
                for (String line : kept) {
                    stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    private static double iterationOf(String line) {
        return Json.parse(line)
                .map(values -> values.get("iteration"))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The last line that was kept. */
    public Optional<Map<String, Object>> last() {
        return last;
    }

    @Override
    public void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    @Override
    public void add(Map<String, ?> values) {
        try {
            out.write(Json.line(values));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }
}
