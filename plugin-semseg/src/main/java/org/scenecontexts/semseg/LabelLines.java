package org.scenecontexts.semseg;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Exporter;
import org.scenecontexts.api.metrics.ExporterFactory;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.io.array.AtomicFile;

/**
 * Writes a line per point with its class, as many tools and benchmark servers read it (REFERENCE 6.4).
 *
 * @since 0.2
 */
@Extension
public final class LabelLines implements ExporterFactory<LabelLines.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Whether lines hold the names of classes instead of their numbers.") @Default("false")
            boolean names) {}

    @Override
    public String name() {
        return "label-lines";
    }

    @Override
    public String summary() {
        return "A text file per scene, one line per point with its class; -1 where there is none.";
    }

    @Override
    public Set<Prediction.Part> takes(Config config) {
        return Set.of(Prediction.Part.LABELS);
    }

    @Override
    public Exporter create(Config config, BenchmarkFactory.Context context) {
        List<String> names = context.classes().names();
        return (folder, name, scene, points, prediction) -> AtomicFile.write(folder.resolve(name + ".txt"), out -> {
            StringBuilder lines = new StringBuilder();
            for (int label : prediction.labels().classes()) {
                lines.append(config.names() && label >= 0 ? names.get(label) : String.valueOf(label))
                        .append('\n');
            }
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.write(lines.toString());
            text.flush();
        });
    }
}
