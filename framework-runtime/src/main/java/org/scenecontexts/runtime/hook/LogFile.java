package org.scenecontexts.runtime.hook;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingEnd;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.log.CsvLines;
import org.scenecontexts.runtime.log.HistoryFile;
import org.scenecontexts.runtime.log.MetricLines;

/**
 * Writes single steps, which the means of {@code metrics.jsonl} hide, to files that spreadsheets and scripts read: one for
 * steps, one for measurements. A resumed training goes on with them as if never interrupted.
 *
 * @since 0.1
 */
public final class LogFile implements TrainingHook {

    /** Configuration. */
    public record Config(
            @Doc("csv, or jsonl: one JSON object a line.") @Default("csv")
            Format format,

            @Doc("Steps between two lines.") @Default("1") @Min(1)
            int every) {}

    /** How lines are written. */
    public enum Format {
        /** RFC 4180, with a header. */
        CSV,
        /** One JSON object a line. */
        JSONL
    }

    /** Offers it as {@code type: log-file}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "log-file";
        }

        @Override
        public String summary() {
            return "Writes every n-th step to steps.csv (or .jsonl) in the stage's folder, and measurements beside it.";
        }

        @Override
        public boolean observes(Config config) {
            return true;
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new LogFile(config);
        }
    }

    private final Config config;
    private Optional<HistoryFile> steps = Optional.empty();
    private Optional<HistoryFile> measurements = Optional.empty();

    public LogFile(Config config) {
        this.config = config;
    }

    @Override
    public void begin(TrainingRun run) {
        steps = Optional.of(open(run, "steps"));
        measurements = Optional.of(open(run, "measurements"));
    }

    private HistoryFile open(TrainingRun run, String name) {
        Path folder = run.folder();
        long iteration = run.start().iteration();
        return switch (config.format()) {
            case CSV -> new CsvLines(folder.resolve(name + ".csv"), iteration);
            case JSONL -> new MetricLines(folder.resolve(name + ".jsonl"), iteration);
        };
    }

    @Override
    public void afterStep(TrainingStep step) {
        if (step.at().iteration() % config.every() != 0) {
            return;
        }
        Map<String, Object> line = line(step.at());
        line.put("lr", step.learningRate());
        line.put("grad_norm", step.gradientNorm());
        line.putAll(step.figures());
        line.put("seconds", step.seconds());
        line.put("data_seconds", step.dataSeconds());
        steps.ifPresent(file -> file.add(line));
    }

    @Override
    public void measured(Measurement measurement) {
        Map<String, Object> line = line(measurement.at());
        line.putAll(measurement.figures());
        line.put("seconds", measurement.seconds());
        measurements.ifPresent(file -> file.add(line));
    }

    @Override
    public void checkpoint(TrainingProgress at) {
        steps.ifPresent(HistoryFile::sync);
        measurements.ifPresent(HistoryFile::sync);
    }

    private static Map<String, Object> line(TrainingProgress at) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("iteration", at.iteration());
        line.put("epoch", at.epoch());
        return line;
    }

    @Override
    public void end(TrainingEnd end) {
        close();
    }

    @Override
    public void failed(TrainingProgress at, Throwable failure) {
        close();
    }

    private void close() {
        steps.ifPresent(HistoryFile::close);
        measurements.ifPresent(HistoryFile::close);
    }
}
