package org.scenecontexts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.torch.WeightFiles;
import org.scenecontexts.io.torch.Weights;
import org.scenecontexts.runtime.checkpoint.Checkpoint;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.PipelineExecutor;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import picocli.CommandLine;

/** What each command prints, asks of the runtime, and ends with. */
class CommandsTest {

    private static final String GOOD = """
        name: toy
        stages:
          - id: net
            train:
              data: {type: toy-rooms, scenes: 4}
              backbone: toy-net
              task: toy-label
              iterations: 10
          - id: eval
            evaluate: {model: ${net}, data: {type: toy-rooms, scenes: 1}, benchmark: toy-score}
        """;

    private static final String EIGHT_MISTAKES = """
        name: broken
        stages:
          - id: net
            train:
              data: {type: toy-rooms, scenes: 4}
              backbone: toy-nte
              task: toy-label
              iterations: 10
              checkpoint-evry: 5
              batch: two
          - id: net
            train:
              init: ${nett}
              data: {type: toy-rooms, scenes: 0}
              backbone: toy-net
              task: toy-label
          - id: eval
            evaluate:
              model: ${net}
              data: {type: toy-rooms, scenes: 4}
              benchmark: toy-score
              export: False,
        """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Recorder recorder = new Recorder();
    private Path pipeline;

    /** Remembers what it was asked to do. */
    private static final class Recorder implements PipelineExecutor {
        private final List<Pipeline> pipelines = new ArrayList<>();
        private final List<RunOptions> options = new ArrayList<>();
        private final List<PredictRequest> requests = new ArrayList<>();
        private boolean failing;
        private Map<String, String> missing = Map.of();

        @Override
        public RunResult run(Pipeline pipeline, RunOptions how) {
            pipelines.add(pipeline);
            options.add(how);
            if (failing) {
                throw new StageFailedException("stage 'net': the loss is not a number; lower the learning rate");
            }
            return new RunResult(how.runs().resolve(pipeline.name()), List.of("everything is in place"), missing);
        }

        @Override
        public PredictResult predict(PredictRequest request, RunOptions how) {
            requests.add(request);
            return new PredictResult(
                    new TreeMap<>(Map.of("floor", 600L, "table", 390L)), 10, Optional.empty(), Optional.empty());
        }
    }

    @BeforeEach
    void writePipeline() throws IOException {
        pipeline = Files.writeString(folder.resolve("toy.yaml"), GOOD);
    }

    private int csc(String... arguments) {
        Host host = new Host(Map.of(), List.of(folder.resolve("plugins")), () -> recorder);
        CommandLine line = Main.commandLine(host);
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void runHandsTheValidatedPipelineAndTheOptionsToTheRuntime() {
        assertThat(csc(
                        "run",
                        pipeline.toString(),
                        "--set",
                        "net.batch=3",
                        "--seed",
                        "5",
                        "--threads",
                        "2",
                        "--jobs",
                        "3",
                        "--fresh"))
                .as(err.toString())
                .isZero();
        assertThat(recorder.pipelines).singleElement().satisfies(run -> {
            assertThat(run.seed()).isEqualTo(5);
            assertThat(run.stages()).extracting(Stage::id).containsExactly("net", "eval");
        });
        PipelineExecutor.RunOptions options = recorder.options.getFirst();
        assertThat(options.fresh()).isTrue();
        assertThat(options.threads()).isEqualTo(OptionalInt.of(2));
        assertThat(options.jobs()).isEqualTo(3);
        assertThat(options.runs()).isEqualTo(Path.of("runs"));
        assertThat(out.toString()).contains("everything is in place");
    }

    @Test
    void fewerThanOneJobIsRefused() {
        assertThat(csc("run", pipeline.toString(), "--jobs", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--jobs must be at least 1, found 0");
        assertThat(recorder.pipelines).isEmpty();
    }

    @Test
    void freshAndAcceptCodeExcludeEachOther() {
        assertThat(csc("run", pipeline.toString(), "--fresh", "--accept-code")).isEqualTo(2);
        assertThat(err.toString()).contains("--fresh and --accept-code exclude each other");
        assertThat(recorder.pipelines).isEmpty();
    }

    @Test
    void acceptCodeAnswersTheQuestionAboutChangedCode() {
        assertThat(csc("run", pipeline.toString(), "--accept-code")).isZero();
        assertThat(recorder.options.getFirst().codeChanges().about("net", true, List.of("a jar")))
                .isEqualTo(org.scenecontexts.runtime.pipeline.CodeChanges.Answer.ACCEPT);
    }

    @Test
    void runNamesTheCellsOfAMatrixThatFailedAndFails() {
        recorder.missing = Map.of("net@seed=2", "the loss is not a number");
        assertThat(csc("run", pipeline.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("everything is in place");
        assertThat(err.toString())
                .contains("1 stages of the matrix have no result", "net@seed=2: the loss is not a number");
    }

    @Test
    void aFailedStageEndsWithOneAndAMessageWithoutATrace() {
        recorder.failing = true;
        assertThat(csc("run", pipeline.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("error: stage 'net': the loss is not a number")
                .doesNotContain("\tat ");
    }

    @Test
    void stacktraceShowsWhereItFailed() {
        recorder.failing = true;
        assertThat(csc("run", pipeline.toString(), "--stacktrace")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void eightMistakesAreAllReportedWithTwoAndNothingIsRunOrWritten() throws IOException {
        Files.writeString(pipeline, EIGHT_MISTAKES);
        Path runs = folder.resolve("runs");
        assertThat(csc("run", pipeline.toString(), "--runs", runs.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("8 errors")
                .contains("toy.yaml:6:17: error: unknown backbone 'toy-nte'", "did you mean 'toy-net'")
                .contains("toy.yaml:9:7: error: unknown key 'checkpoint-evry'", "did you mean 'checkpoint-every'?")
                .contains("toy.yaml:10:14: error: expected a whole number, found the text \"two\"")
                .contains("toy.yaml:11:9: error: two stages have the id 'net'")
                .contains("toy.yaml:12:5: error: the key 'iterations' is missing")
                .contains("toy.yaml:13:13: error: there is no stage 'nett' to refer to", "did you mean 'net'?")
                .contains("toy.yaml:14:39: error: the value 0 is out of range: it must be at least 1")
                .contains("toy.yaml:22:15: error: expected true or false, found the text \"False,\"")
                .contains("remove the trailing comma");
        assertThat(recorder.pipelines).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(pipeline);
        }
    }

    @Test
    void validateNamesTheStages() {
        assertThat(csc("validate", pipeline.toString())).isZero();
        assertThat(out.toString()).contains("is valid: 2 stages: net (train), eval (evaluate)");
        assertThat(recorder.pipelines).isEmpty();
    }

    @Test
    void validatePrintsThePipelineWithItsDefaults() {
        assertThat(csc("validate", "--print", pipeline.toString())).isZero();
        assertThat(out.toString()).contains("type: sgd").contains("model: \"${net.last}\"");
    }

    @Test
    void aMissingPipelineIsWrongUsage() {
        assertThat(csc("validate", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file").contains("none.yaml");
    }

    @Test
    void evaluateMakesAPipelineOfItsOptions() {
        Checkpoint.write(folder.resolve("checkpoints/last.safetensors"), List.of(), List.of(), Map.of());
        assertThat(csc(
                        "evaluate",
                        "--model",
                        folder.toString(),
                        "--data",
                        "{type: toy-rooms, scenes: 2}",
                        "--benchmark",
                        "toy-score"))
                .as(err.toString())
                .isZero();
        assertThat(recorder.pipelines.getFirst().stages()).hasSize(1);
    }

    @Test
    void whatIsNotThereIsSaidBeforeAnythingRuns() {
        assertThat(csc(
                        "evaluate",
                        "--model",
                        folder.toString(),
                        "--data",
                        "{type: toy-rooms, scenes: 2}",
                        "--benchmark",
                        "toy-score"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the model of stage 'evaluate' cannot be used", "holds no checkpoint");
        assertThat(recorder.pipelines).isEmpty();
    }

    @Test
    void evaluateTakesTheNetworkOfBareWeights() {
        Path weights = folder.resolve("published.pth");
        WeightFiles.write(weights, Weights.of(Map.of("final.bias", NpArray.of(new float[] {1, 2}, 2))));
        List<String> arguments = List.of(
                "evaluate",
                "--model",
                weights.toString(),
                "--data",
                "{type: toy-rooms, scenes: 2}",
                "--benchmark",
                "toy-score");
        assertThat(csc(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("add 'network: {");
        List<String> whole = new java.util.ArrayList<>(arguments);
        whole.addAll(List.of("--network", "{backbone: toy-net, task: toy-label}"));
        assertThat(csc(whole.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(recorder.pipelines).hasSize(1);
    }

    @Test
    void predictAsksForTheCloudToBeLabelled() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        Path labelled = folder.resolve("b.ply");
        assertThat(csc("predict", "--model", folder.toString(), cloud.toString(), "--out", labelled.toString()))
                .isZero();
        assertThat(recorder.requests)
                .containsExactly(new PipelineExecutor.PredictRequest(
                        folder, cloud, labelled, PipelineExecutor.Extras.NONE, PipelineExecutor.Frame.USUAL));
    }

    @Test
    void predictNamesTheLabelledCloudAfterTheCloudWhereNobodyElseDoes() throws IOException {
        Path cloud = Files.writeString(folder.resolve("desk.v2.pcd"), "pcd");
        assertThat(csc("predict", "--model", folder.toString(), cloud.toString()))
                .isZero();
        assertThat(recorder.requests.getFirst().out()).isEqualTo(Path.of("desk.v2-labelled.ply"));
    }

    @Test
    void predictTellsWhichModelsThereAreWhereANameIsNone() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        assertThat(csc("predict", "--model", "romms", cloud.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no model of this name in the folder of csc, which has");
        assertThat(recorder.requests).isEmpty();
    }

    @Test
    void predictShowsHowOftenEachClassWasGiven() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        assertThat(csc(
                        "predict",
                        "--model",
                        folder.toString(),
                        cloud.toString(),
                        "--out",
                        folder.resolve("b.ply").toString()))
                .isZero();
        assertThat(out.toString().lines())
                .contains(
                        "  floor                600   60.0 %  ##################",
                        "  table                390   39.0 %  ############", "  (no label)            10    1.0 %");
    }

    @Test
    void predictWritesFeaturesAndColoursOfClassesOnRequest() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        Path features = folder.resolve("f.npy");
        assertThat(csc(
                        "predict",
                        "--model",
                        folder.toString(),
                        cloud.toString(),
                        "--out",
                        folder.resolve("b.ply").toString(),
                        "--features",
                        features.toString(),
                        "--colours",
                        "classes"))
                .as(err.toString())
                .isZero();
        assertThat(recorder.requests.getFirst().extras())
                .isEqualTo(new PipelineExecutor.Extras(
                        java.util.Optional.empty(), java.util.Optional.of(features), PipelineExecutor.Colours.CLASSES));
        assertThat(out.toString()).contains(features.toString());
    }

    @Test
    void predictRefusesToWriteTwoThingsToOneFile() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        String twice = folder.resolve("b.npy").toString();
        assertThat(csc(
                        "predict",
                        "--model",
                        folder.toString(),
                        cloud.toString(),
                        "--out",
                        folder.resolve("b.ply").toString(),
                        "--logits",
                        twice,
                        "--features",
                        twice))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--features would overwrite the file of --logits");
        assertThat(recorder.requests).isEmpty();
    }

    @Test
    void predictTurnsAndScalesTheCloudAsTold() throws IOException {
        Path cloud = Files.writeString(folder.resolve("a.ply"), "ply");
        Path labelled = folder.resolve("b.ply");
        assertThat(csc(
                        "predict",
                        "--model",
                        folder.toString(),
                        cloud.toString(),
                        "--out",
                        labelled.toString(),
                        "--scale",
                        "0.001",
                        "--up",
                        "minus-y"))
                .isZero();
        assertThat(recorder.requests.getFirst().frame())
                .isEqualTo(new PipelineExecutor.Frame(0.001, org.scenecontexts.io.cloud.Up.MINUS_Y));
    }

    @Test
    void predictRefusesAMissingCloudAndToOverwriteIt() throws IOException {
        Path cloud = folder.resolve("a.ply");
        assertThat(csc("predict", "--model", folder.toString(), cloud.toString(), "--out", "b.ply"))
                .isEqualTo(2);
        Files.writeString(cloud, "ply");
        assertThat(csc("predict", "--model", folder.toString(), cloud.toString(), "--out", cloud.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no file").contains("would overwrite");
    }

    @Test
    void pluginsShowDescribesKeysAndGivesYaml() {
        assertThat(csc("plugins", "show", "toy-net")).isZero();
        assertThat(out.toString())
                .contains("toy-net (backbone, plugin '")
                .containsPattern("width +number, greater than 0 += 1.0 +Multiplies all widths.")
                .contains("    type: toy-net\n    width: 1.0")
                .contains("with-bias: false");
    }

    @Test
    void pluginsShowSuggestsTheNearestName() {
        assertThat(csc("plugins", "show", "toy-nett")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'toy-net'?");
    }

    @Test
    void brokenPluginsAreListedDiagnosedAndDoNotStopARun() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.write(plugins.resolve("torn.jar"), new byte[] {'P', 'K', 3, 4});
        assertThat(csc("plugins", "list")).isZero();
        assertThat(csc("plugins", "doctor")).isEqualTo(1);
        assertThat(out.toString()).contains("torn.jar ?  failed").contains("-> build or copy it again");
        assertThat(csc("run", pipeline.toString())).isZero();
        assertThat(err.toString()).contains("warning: plugin 'torn.jar' failed to load because the file is damaged");
    }

    @Test
    void pluginsListSaysWhatAPluginNeedsAndRefusesWordsThatNobodyKnows() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        writeJar(plugins.resolve("honest.jar"), "honest", "network, files");
        writeJar(plugins.resolve("vague.jar"), "vague", "internet");
        assertThat(csc("plugins", "list")).isZero();
        assertThat(out.toString())
                .containsSubsequence("honest 1.0.0", "needs network, files", "vague 1.0.0", "failed")
                .contains("its Plugin-Needs names 'internet', which means nothing")
                .contains("-> write any of native-access, network, processes, files, separated by commas");
        assertThat(csc("plugins", "doctor")).isEqualTo(1);
    }

    /** A plugin that offers nothing, which is listed all the same. */
    private static void writeJar(Path jar, String id, String needs) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", id);
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
        manifest.getMainAttributes().putValue("Plugin-Needs", needs);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("META-INF/extensions.idx"));
            out.closeEntry();
        }
    }

    @Test
    void schemaKnowsTheKeysOfInstalledPlugins() throws IOException {
        assertThat(csc("schema")).isZero();
        JsonNode schema = new ObjectMapper().readTree(out.toString());
        assertThat(schema.at("/$defs/backbone").toString()).contains("toy-net", "with-bias", "exclusiveMinimum");
        assertThat(schema.at("/properties/stages/items/properties/train/properties/iterations")
                        .toString())
                .contains("integer");
    }

    @Test
    void infoNamesVersionsAndDevices() {
        assertThat(csc("info")).isZero();
        assertThat(out.toString())
                .contains("plugin API 0.2.0")
                .contains("devices:")
                .contains("cpu (plugin '");
    }

    @Test
    void completionIsAShellScriptThatKnowsTheCommands() {
        assertThat(csc("completion")).isZero();
        assertThat(out.toString()).startsWith("#!/usr/bin/env bash").contains("_picocli_csc_plugins_doctor");
    }

    @Test
    void helpDocumentsTheExitCodes() {
        assertThat(csc("--help")).isZero();
        assertThat(out.toString())
                .contains("Exit codes:")
                .containsPattern("2 +wrong usage")
                .containsPattern("130 +stopped by Ctrl-C");
    }

    @Test
    void benchListsTheRowsOfASelection() {
        assertThat(csc("bench", "--list", "--only", "gemm")).as(err.toString()).isZero();
        assertThat(out.toString().lines()).containsExactly("gemm/512", "gemm/1024", "gemm/2048");
    }

    @Test
    void benchSaysWhichRowWasMeant() {
        assertThat(csc("bench", "--only", "gem/1024")).isEqualTo(2);
        assertThat(err.toString()).contains("no row has 'gem/1024' in its name").contains("gemm/1024");
    }

    @Test
    void benchRefusesTwoSelectionsAtOnce() {
        assertThat(csc("bench", "--quick", "--full")).isEqualTo(2);
        assertThat(err.toString()).contains("--quick and --full exclude each other");
    }
}
