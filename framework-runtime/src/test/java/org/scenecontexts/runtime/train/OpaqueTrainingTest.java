package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyHook;
import org.scenecontexts.runtime.toy.Toys;
import org.scenecontexts.testkit.OpaqueEngineFactory;

/** A training on an engine without arrays: parameters in one buffer, and the host looks only where a line is written. */
class OpaqueTrainingTest {

    private static final String OPAQUE = "stages.learn.device=opaque";

    @TempDir
    Path runs;

    private final OpaqueEngineFactory factory = new OpaqueEngineFactory();

    private StageFolder train(String folder, TrainingHook hook, String... overrides) {
        Toys.run(
                runs.resolve(folder),
                Toys.TRAIN,
                Toys.catalog(index -> {}, factory, new ToyHook(() -> hook)),
                1,
                false,
                overrides);
        return new StageFolder(runs.resolve(folder).resolve("toys/learn"));
    }

    private static Map<String, float[]> tensors(Path file) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        try (SafetensorsFile checkpoint = SafetensorsFile.open(file)) {
            checkpoint.entries().stream()
                    .filter(entry -> !entry.name().endsWith("num_batches_tracked"))
                    .forEach(entry -> tensors.put(entry.name(), checkpoint.floats(entry.name())));
        }
        return tensors;
    }

    @Test
    void learnsTheSameBitsAsOnTheProcessor() {
        StageFolder cpu = train("cpu", new TrainingHook() {});
        StageFolder opaque = train("opaque", new TrainingHook() {}, OPAQUE);
        assertThat(tensors(opaque.last())).usingRecursiveComparison().isEqualTo(tensors(cpu.last()));
        assertThat(factory.newest().crossings().calls()).isPositive();
    }

    @Test
    void takesAThreadForEveryCoreToPrepareSamplesAndLearnsTheSameBitsAsWithOne() throws IOException {
        StageFolder one = train("one", new TrainingHook() {}, OPAQUE, "stages.learn.workers=1");
        Toys.run(
                runs.resolve("eight"),
                Toys.TRAIN.replace("workers: 2", "threads: 1"),
                Toys.catalog(index -> {}, factory),
                8,
                false,
                OPAQUE);
        StageFolder eight = new StageFolder(runs.resolve("eight/toys/learn"));
        assertThat(Files.readString(eight.log()))
                .containsOnlyOnce("learn: 8 threads prepare samples ahead, since the network computes elsewhere");
        assertThat(Json.read(eight.environments().getFirst()).orElseThrow()).containsEntry("workers", 8);
        assertThat(eight.last()).hasSameBinaryContentAs(one.last());
        assertThat(eight.best()).hasSameBinaryContentAs(one.best());
    }

    @Test
    void nothingInAStepNeedsANumberOnTheHost() {
        List<Long> reads = new ArrayList<>();
        train(
                "opaque",
                new TrainingHook() {
                    @Override
                    public void afterStep(TrainingStep step) {
                        reads.add(factory.newest().hostReads());
                    }
                },
                OPAQUE,
                "stages.learn.hooks=[{type: clip-gradients, norm: 5}, {type: toy-hook}]",
                "stages.learn.validation.every=100",
                "stages.learn.iterations=10",
                "stages.learn.log-every=5",
                "stages.learn.checkpoint-every=100");
        long before = reads.getFirst();
        assertThat(reads.subList(0, 4)).as("steps 1 to 4").containsOnly(before);
        assertThat(reads.get(4)).as("step 5, which is logged").isGreaterThan(before);
        assertThat(reads.subList(5, 9)).as("steps 6 to 9").containsOnly(reads.get(4));
    }

    @Test
    void theLogSaysHowOftenStepsWaitForTheHostAndBorrowItsKernels() throws IOException {
        TrainingHook curious = new TrainingHook() {
            @Override
            public void beforeUpdate(TrainingStep step) {
                assertThat(step.gradients().norm()).isPositive();
            }
        };
        String hooks = "stages.learn.hooks=[toy-hook]";
        for (Map<String, Object> line : lines(train("opaque", curious, OPAQUE, hooks))) {
            assertThat(line).containsEntry("host_reads", 1.0);
            assertThat((double) line.get("borrowed_calls")).isPositive();
        }
        for (Map<String, Object> line : lines(train("cpu", curious, hooks))) {
            assertThat(line).doesNotContainKeys("host_reads", "borrowed_calls");
        }
    }

    private static List<Map<String, Object>> lines(StageFolder folder) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.metricLines())) {
            Map<String, Object> figures = Json.parse(line).orElseThrow();
            if (figures.containsKey("loss")) {
                lines.add(figures);
            }
        }
        assertThat(lines).isNotEmpty();
        return lines;
    }

    @Test
    void aStepWithoutFiniteGradientsIsLeftOutAndNamedInTheNextLine() {
        assertThatThrownBy(() -> train("opaque", new TrainingHook() {}, OPAQUE, "stages.learn.task.exploding=true"))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("stopped because of iteration 1: its gradients were not finite")
                .hasMessageContaining("learning rate");
    }
}
