package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The multi-stage example, every stage of it with next to nothing to do, through the command and the real plugins. */
class DataEfficientIT {

    private static final Path EXAMPLE =
            Path.of("..", "examples", "data-efficient.yaml").toAbsolutePath().normalize();

    @TempDir
    private Path runs;

    private InProcess run(String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("run", EXAMPLE.toString(), "--runs", runs.toString(), "--jobs", "2"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return InProcess.csc(arguments.toArray(String[]::new));
    }

    @Test
    void endsInOneTableWithARowForEveryBudgetAndStart() throws IOException {
        String said = run(
                        "matrix.seed=[1, 2]",
                        "matrix.scenes=[0.5]",
                        "matrix.points=[20]",
                        "pretrain-point-info-nce.data.scenes=2",
                        "pretrain-scene-contexts.data.scenes=2",
                        "pretrain-point-info-nce.iterations=1",
                        "pretrain-scene-contexts.iterations=1",
                        "scenes.data.data.scenes=2",
                        "points.data.data.scenes=2",
                        "scenes.validation.data.scenes=1",
                        "points.validation.data.scenes=1",
                        "scenes.iterations=1",
                        "points.iterations=1",
                        "eval-scenes.data.scenes=1",
                        "eval-points.data.scenes=1")
                .succeeded();

        assertThat(Files.readAllLines(runs.resolve("data-efficient/results.csv")))
                .hasSize(1 + 6)
                .first()
                .isEqualTo("stage,scenes,points,init,runs,failed,miou mean,miou spread,miou lowest,miou highest");
        assertThat(runs.resolve("data-efficient/results.csv"))
                .content()
                .contains("eval-scenes,0.5,,scratch,2,0,0.")
                .contains("eval-points,,20,point-info-nce,2,0,0.")
                .contains("eval-points,,20,scene-contexts,2,0,0.");
        assertThat(said).contains("| eval-points | ");
        assertThat(runs.resolve("data-efficient/pipeline.yaml"))
                .content()
                .contains("points@points=20,init=scene-contexts,seed=2", "${pretrain-scene-contexts.last}")
                // Once for all seeds and budgets.
                .doesNotContain("pretrain-scene-contexts@");
    }
}
