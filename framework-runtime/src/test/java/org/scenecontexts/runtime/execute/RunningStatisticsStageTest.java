package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.safetensors.SafetensorsFile;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.Toys;

/** The key {@code running-statistics} of a {@code train} stage. */
class RunningStatisticsStageTest {

    private static final String UNBIASED = "stages.learn.running-statistics=unbiased";
    private static final String PUBLISHED = "stages.learn.running-statistics=published";

    @TempDir
    Path runs;

    private Path train(String folder, String... overrides) {
        Path run = runs.resolve(folder);
        Toys.run(run, Toys.TRAIN, overrides);
        return new StageFolder(run.resolve("toys/learn")).last();
    }

    /** Float tensors of a checkpoint: those whose names say running statistics, or all others. */
    private static Map<String, float[]> tensors(Path checkpoint, boolean statistics) {
        Map<String, float[]> tensors = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
            file.entries().stream()
                    .map(entry -> entry.name())
                    .filter(name -> !name.endsWith("num_batches_tracked"))
                    .filter(name -> name.contains("running_") == statistics)
                    .forEach(name -> tensors.put(name, file.floats(name)));
        }
        assertThat(tensors).isNotEmpty();
        return tensors;
    }

    private static void assertSame(Map<String, float[]> found, Map<String, float[]> expected) {
        assertThat(found).containsOnlyKeys(expected.keySet());
        found.forEach((name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
    }

    private static void assertAllDiffer(Map<String, float[]> found, Map<String, float[]> other) {
        found.forEach((name, values) -> assertThat(values).as(name).isNotEqualTo(other.get(name)));
    }

    @Test
    void isUnbiasedUnlessToldOtherwiseAndChangesNothingThatIsLearnt() {
        Path usual = train("usual", "stages.learn.iterations=3");
        Path unbiased = train("unbiased", "stages.learn.iterations=3", UNBIASED);
        Path published = train("published", "stages.learn.iterations=3", PUBLISHED);

        assertThat(usual).hasSameBinaryContentAs(unbiased);
        assertSame(tensors(published, false), tensors(usual, false));
        assertAllDiffer(tensors(published, true), tensors(usual, true));
    }

    @Test
    void leavesNothingOfLoadedStatisticsWhereUnbiasedAndAPartOfThemWherePublished() {
        String first = "stages.learn.init="
                + train("first", "stages.learn.iterations=3", UNBIASED).toAbsolutePath();
        String second = "stages.learn.init="
                + train("second", "stages.learn.iterations=3", PUBLISHED).toAbsolutePath();

        Path fromFirst = train("a", "stages.learn.iterations=2", first);
        Path fromSecond = train("b", "stages.learn.iterations=2", second);
        assertSame(tensors(fromFirst, true), tensors(fromSecond, true));

        Path keptFirst = train("c", "stages.learn.iterations=2", first, PUBLISHED);
        Path keptSecond = train("d", "stages.learn.iterations=2", second, PUBLISHED);
        assertAllDiffer(tensors(keptFirst, true), tensors(keptSecond, true));
    }
}
