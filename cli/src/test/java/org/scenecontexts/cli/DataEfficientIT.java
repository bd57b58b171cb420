package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.execute.LocalExecutor;
import picocli.CommandLine;

/** The multi-stage example, every stage of it with next to nothing to do, through the command and the real plugins. */
class DataEfficientIT {

    private static final Path EXAMPLE =
            Path.of("..", "examples", "data-efficient.yaml").toAbsolutePath().normalize();
    private static final List<Path> PLUGINS =
            List.of(Path.of("target", "dist", "plugins").toAbsolutePath());

    @TempDir
    private Path runs;

    private final StringWriter said = new StringWriter();

    private int csc(String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("run", EXAMPLE.toString(), "--runs", runs.toString(), "--threads", "1"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        CommandLine csc = Main.commandLine(new Host(Map.of(), PLUGINS, LocalExecutor::new));
        csc.setOut(new PrintWriter(said));
        csc.setErr(new PrintWriter(said));
        return csc.execute(arguments.toArray(String[]::new));
    }

    @Test
    void endsInOneTableWithARowForEveryBudgetAndStart() throws IOException {
        int exit = csc(
                "matrix.seed=[1, 2]",
                "matrix.scenes=[0.5]",
                "matrix.points=[20]",
                "pretrain-point-info-nce.data.scenes=2",
                "pretrain-scene-contexts.data.scenes=2",
                "pretrain-point-info-nce.iterations=1",
                "pretrain-scene-contexts.iterations=1",
                "scenes.data.data.scenes=2",
                "points.data.data.scenes=2",
                "scenes.iterations=1",
                "points.iterations=1",
                "eval-scenes.data.scenes=1",
                "eval-points.data.scenes=1");

        assertThat(exit).as("%s", said).isZero();
        assertThat(Files.readAllLines(runs.resolve("data-efficient/results.csv")))
                .hasSize(1 + 6)
                .first()
                .isEqualTo("stage,scenes,points,init,runs,failed,miou mean,miou spread");
        assertThat(runs.resolve("data-efficient/results.csv"))
                .content()
                .contains("eval-scenes,0.5,,scratch,2,0,0.")
                .contains("eval-points,,20,point-info-nce,2,0,0.")
                .contains("eval-points,,20,scene-contexts,2,0,0.");
        assertThat(said.toString()).contains("| eval-points | ");
        assertThat(runs.resolve("data-efficient/pipeline.yaml"))
                .content()
                .contains("points@points=20,init=scene-contexts,seed=2", "${pretrain-scene-contexts@seed=2.last}")
                .doesNotContain("pretrain-scene-contexts@points");
    }
}
