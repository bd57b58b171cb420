package org.scenecontexts.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.Invocation;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.run.StoredRuns;
import org.scenecontexts.runtime.toy.ToyData;
import org.scenecontexts.runtime.toy.Toys;

/** A finished run is put on record with every figure and what made it; one that is not finished is refused. */
class RunRecorderTest {

    private static final String PIPELINE = """
            name: toys
            seed: ${matrix.seed}
            matrix:
              baseline: {start: scratch}
              start: {scratch: ~, pretrained: "${base}"}
              seed: [1, 2]
            stages:
              - id: base
                train: {data: toy-data, backbone: toy-backbone, task: toy-task, iterations: 2}
              - id: fine
                train: {init: "${matrix.start}", data: toy-data, backbone: toy-backbone, task: toy-task, iterations: 3}
              - id: measure
                evaluate: {model: "${fine}", data: {type: toy-data, chance: 3}, benchmark: toy-accuracy}
            """;

    private static final Invocation CALL = new Invocation("csc run toys.yaml", List.of("DATA"), 1000);

    @TempDir
    private Path runs;

    private void run(ToyData.Trap trap, Invocation call, String... overrides) {
        RunOptions options = new RunOptions(Toys.catalog(trap), runs, false, OptionalInt.of(1));
        Toys.run(PIPELINE, options.calledBy(call), overrides);
    }

    private RecordedResult recorded() {
        return RunRecorder.of(StoredRuns.in(runs).getFirst());
    }

    private double stored(String stage, String figure) {
        return ((Number) Json.read(runs.resolve("toys/" + stage + "/metrics.json"))
                        .orElseThrow()
                        .get(figure))
                .doubleValue();
    }

    @Test
    void everyFigureHasItsName() {
        run(index -> {}, CALL);
        RecordedResult result = recorded();

        double scratch = stored("measure@start=scratch,seed=1", "accuracy");
        assertThat(result.figure("measure@start=scratch,seed=1/accuracy")).hasValue(scratch);
        assertThat(result.figure("results/measure@start=scratch/accuracy mean").orElseThrow())
                .isEqualTo((scratch + stored("measure@start=scratch,seed=2", "accuracy")) / 2, within(1e-12));
        assertThat(result.figure("differences/measure@start=pretrained/accuracy pairs"))
                .hasValue(2);
        assertThat(result.tables()).extracting(RunFigures.Table::name).containsExactly("results", "differences");
        assertThat(List.copyOf(result.values().keySet())).isSorted();
    }

    @Test
    void whatItWasMadeWithStandsBesideThem() {
        run(index -> {}, CALL);
        RecordedResult result = recorded();

        assertThat(result.command()).isEqualTo("csc run toys.yaml");
        assertThat(result.variables()).containsExactly("DATA");
        assertThat(result.about()).containsKeys("date", "csc", "cpu", "cores", "java", "os", "device");
        assertThat(result.about()).containsEntry("threads", "1").containsKey("workers");
        assertThat(result.time().seconds()).isBetween(1000.0, 1600.0);
        assertThat(result.time().of()).isEqualTo("the whole process");
    }

    @Test
    void aFileIsReadAsItWasWritten() {
        run(index -> {}, CALL);
        Path file = runs.resolve("out/toys.json");
        recorded().write(file);
        assertThat(RecordedResult.read(file)).isEqualTo(recorded());
    }

    @Test
    void aCallThatHadNothingToDoLeavesWhatIsKnownOfTheOneThatMadeIt() {
        run(index -> {}, CALL);
        RecordedResult first = recorded();
        run(index -> {}, new Invocation("csc run again.yaml", List.of(), 0));
        assertThat(recorded()).isEqualTo(first);
    }

    @Test
    void aRunThatSeveralCallsMadeTakesAsLongAsItsStages() {
        run(index -> {}, CALL);
        run(index -> {}, CALL, "stages.measure.data.chance=5");
        RecordedResult result = recorded();
        double sum = result.values().entrySet().stream()
                .filter(value -> value.getKey().matches("(base|fine|measure)@[^/]*/seconds"))
                .mapToDouble(value -> value.getValue())
                .sum();
        assertThat(result.time().seconds()).isEqualTo(sum, within(1e-9)).isLessThan(1000);
        assertThat(result.time().of()).contains("its stages");
    }

    @Test
    void aRunWithAStageThatFailedIsRefusedAndSaysWhich() {
        run(
                index -> {
                    if (index == 5) {
                        throw new CloudException("broken scan");
                    }
                },
                CALL,
                "stages.measure.data.scenes=6");
        assertThatThrownBy(this::recorded)
                .hasMessageContaining("toys is not finished")
                .hasMessageContaining("measure@start=scratch,seed=1")
                .hasMessageContaining("the same 'csc run' goes on");
    }

    @Test
    void aRunOfAnOlderVersionIsRefusedAndSaysWhatToDo() throws IOException {
        run(index -> {}, CALL);
        Files.delete(runs.resolve("toys/results.json"));
        assertThatThrownBy(this::recorded).hasMessageContaining("call the same 'csc run' again");
        run(index -> {}, CALL);
        assertThat(recorded().time().of()).contains("its stages");
    }

    @Test
    void anotherFileIsNotTakenForARecord() throws IOException {
        Path file = Files.writeString(runs.resolve("x.json"), "{\"name\": \"x\"}");
        assertThatThrownBy(() -> RecordedResult.read(file)).hasMessageContaining("not what 'csc runs record' writes");
    }
}
