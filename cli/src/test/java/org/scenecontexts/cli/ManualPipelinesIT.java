package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.docs.ManualPipelines;

/** Every piece of YAML in the manual is accepted by the program with its own plugins. */
class ManualPipelinesIT {

    @Test
    void everyYamlBlockIsValid(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("validate", "--no-files"));
        for (ManualPipelines.Whole pipeline : ManualPipelines.all()) {
            Path file = Files.writeString(folder.resolve(pipeline.fileName()), pipeline.text());
            command.add(file.toString());
        }

        assertThat(command).hasSizeGreaterThan(10);
        new DistributionProcess(folder).csc(120, command.toArray(String[]::new));
    }
}
