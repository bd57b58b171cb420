package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.CodeChanges;
import org.scenecontexts.runtime.pipeline.CodeChanges.Answer;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.RunOptions;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.plugin.PluginReport;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyData;
import org.scenecontexts.runtime.toy.Toys;

/** A finished stage knows the code that made it, and what it was made with is never rewritten. */
class ChangedCodeTest {

    @TempDir
    private Path folder;

    private Path jar;
    private final List<String> asked = new ArrayList<>();
    private Answer answer = Answer.KEEP;

    @BeforeEach
    void buildThePlugin() throws IOException {
        jar = folder.resolve("toys-1.0.jar");
        build("first", Instant.parse("2026-01-01T00:00:00Z"));
    }

    private void build(String content, Instant time) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            ZipEntry entry = new ZipEntry("Toy.class");
            entry.setTime(time.toEpochMilli());
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private void changeTheCode() throws IOException {
        build("second", Instant.parse("2026-01-01T00:00:00Z"));
    }

    private int loads() {
        return loads(Toys.ALL, index -> {});
    }

    private int loads(String yaml, ToyData.Trap trap) {
        AtomicInteger loads = new AtomicInteger();
        PluginCatalog catalog = Toys.catalog(
                index -> {
                    loads.incrementAndGet();
                    trap.loading(index);
                },
                jar);
        CodeChanges policy = (stage, finished, changes) -> {
            asked.add(stage + (finished ? " finished " : " begun ") + changes);
            return answer;
        };
        Toys.run(yaml, new RunOptions(catalog, folder.resolve("runs"), false, OptionalInt.of(1), policy, () -> false));
        return loads.get();
    }

    private StageFolder stage(String id) {
        return new StageFolder(folder.resolve("runs/toys").resolve(id));
    }

    private String environment(String id) throws IOException {
        return Files.readString(stage(id).path().resolve("environment.json"));
    }

    @Test
    void nobodyIsAskedWhenNothingChanged() {
        loads();
        assertThat(loads()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void theQuestionNamesTheJarAndBothContents() throws IOException {
        loads();
        changeTheCode();
        loads();
        assertThat(asked).hasSize(3);
        assertThat(asked.getFirst())
                .matches(
                        "learn finished \\[toys \\(toys-1\\.0\\.jar\\): was 1\\.0 [0-9a-f]{12}, is 1\\.0 [0-9a-f]{12}]");
    }

    @Test
    void keptResultsAndTheirRecordStayAsTheyAreAndTheQuestionComesAgain() throws IOException {
        loads();
        String environment = environment("learn");
        String status = Files.readString(stage("learn").path().resolve("stage.json"));
        changeTheCode();
        assertThat(loads()).isZero();
        assertThat(environment("learn")).isEqualTo(environment);
        assertThat(stage("learn").path().resolve("stage.json")).hasContent(status.strip());
        loads();
        assertThat(asked).hasSize(6);
    }

    @Test
    void acceptedCodeIsNotAskedAboutAgainAndTheRecordOfTheMakingStays() throws IOException {
        loads();
        String environment = environment("learn");
        changeTheCode();
        answer = Answer.ACCEPT;
        assertThat(loads()).isZero();
        assertThat(loads()).isZero();
        assertThat(asked).hasSize(3);
        assertThat(environment("learn")).isEqualTo(environment);
        build("third", Instant.now());
        loads();
        assertThat(asked).hasSize(6);
    }

    @Test
    void runAgainReplacesTheStageAndWhatReadItAndKeepsTheOldOnes() throws IOException {
        int all = loads();
        changeTheCode();
        answer = Answer.RUN_AGAIN;
        assertThat(loads()).isEqualTo(all);
        assertThat(asked).singleElement().asString().startsWith("learn");
        assertThat(folder.resolve("runs/toys/.replaced/1/learn/metrics.json")).exists();
        assertThat(folder.resolve("runs/toys/.replaced/1/measure/metrics.json")).exists();
        assertThat(environment("learn"))
                .isNotEqualTo(Files.readString(folder.resolve("runs/toys/.replaced/1/learn/environment.json")));
    }

    /** The training was run again and the process killed before the evaluation: its old figures belong to another model. */
    @Test
    void anEvaluationOfAModelThatWasMadeAgainIsMadeAgainToo() throws IOException {
        loads();
        changeTheCode();
        answer = Answer.RUN_AGAIN;
        loads(Toys.TRAIN, index -> {});
        answer = Answer.KEEP;
        asked.clear();
        assertThat(loads()).isPositive();
        assertThat(asked).isEmpty();
    }

    @Test
    void stopChangesNothing() throws IOException {
        loads();
        changeTheCode();
        answer = Answer.STOP;
        assertThatThrownBy(this::loads).isInstanceOf(RunStoppedException.class).hasMessageContaining("toys-1.0.jar");
        assertThat(stage("learn").metrics()).exists();
        assertThat(folder.resolve("runs/toys/.replaced")).doesNotExist();
    }

    @Test
    void theSameContentsPackedAnewAreTheSameCode() throws IOException {
        loads();
        build("first", Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(loads()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void aPluginThatTheStageDoesNotUseMayChange() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jar"), "first");
        PluginCatalog catalog = with(other);
        RunOptions options = new RunOptions(
                catalog,
                folder.resolve("runs"),
                false,
                OptionalInt.of(1),
                (stage, finished, changes) -> {
                    asked.add(stage);
                    return Answer.KEEP;
                },
                () -> false);
        Toys.run(Toys.TRAIN, options);
        Files.writeString(other, "second");
        Toys.run(Toys.TRAIN, options);
        assertThat(asked).isEmpty();
    }

    private PluginCatalog with(Path other) {
        List<PluginReport> plugins =
                new ArrayList<>(Toys.catalog(index -> {}, jar).plugins());
        plugins.add(new PluginReport("other", "1.0", "", other, PluginReport.Origin.FOLDER, List.of(), List.of()));
        return new PluginCatalog(plugins);
    }

    @Test
    void aTrainingThatOtherCodeBeganIsAskedAboutAndBothCodesAreOnRecord() throws IOException {
        AtomicInteger left = new AtomicInteger(75);
        assertThatThrownBy(() -> loads(Toys.TRAIN, index -> {
                    if (left.decrementAndGet() < 0) {
                        throw new IllegalStateException("the disk is gone");
                    }
                }))
                .isInstanceOf(StageFailedException.class);
        String before = environment("learn");
        changeTheCode();
        loads(Toys.TRAIN, index -> {});
        assertThat(asked).singleElement().asString().startsWith("learn begun");
        assertThat(environment("learn")).isEqualTo(before);
        assertThat(Json.read(stage("learn").path().resolve("environment-2.json"))
                        .orElseThrow())
                .containsKeys("code", "device", "started");
        assertThat(stage("learn").metrics()).exists();
    }

    @Test
    void aStageThatGoesOnWithTheSameCodeOnTheSameMachineAddsNoRecord() {
        AtomicInteger left = new AtomicInteger(75);
        assertThatThrownBy(() -> loads(Toys.TRAIN, index -> {
                    if (left.decrementAndGet() < 0) {
                        throw new IllegalStateException("the disk is gone");
                    }
                }))
                .isInstanceOf(StageFailedException.class);
        loads(Toys.TRAIN, index -> {});
        assertThat(stage("learn").environments()).hasSize(1);
    }
}
