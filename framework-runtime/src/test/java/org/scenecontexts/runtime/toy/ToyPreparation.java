package org.scenecontexts.runtime.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;

/** Writes numbered files, those that are missing. */
public final class ToyPreparation implements PreparationFactory<ToyPreparation.Config> {

    public record Config(
            @WritesFile @Doc("Where to write.") Path target,
            @Doc("Number of files.") @Default("3") int files) {}

    @Override
    public String name() {
        return "toy-preparation";
    }

    @Override
    public String summary() {
        return "Numbered files for tests.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        return progress -> {
            int made = 0;
            for (int i = 0; i < config.files(); i++) {
                Path file = context.resolve(config.target()).resolve(i + ".txt");
                try {
                    if (!Files.exists(file)) {
                        Files.createDirectories(file.getParent());
                        Files.writeString(file, "threads " + context.parallel().threads());
                        made++;
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                progress.at(i + 1L, config.files(), file.getFileName().toString());
            }
            return Map.of("made", (double) made);
        };
    }
}
