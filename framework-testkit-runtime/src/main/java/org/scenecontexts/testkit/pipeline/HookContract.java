package org.scenecontexts.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.train.TrainingHookFactory;

/**
 * What the framework relies on in every training hook: the same training twice comes to the same bytes, one that was
 * interrupted too, and a hook that says that it only looks does only that.
 *
 * @since 0.2
 */
public abstract class HookContract {

    /** The factory under test. */
    protected abstract TrainingHookFactory<?> factory();

    /** Its configuration as in YAML between braces, without {@code type}; empty for defaults. */
    protected abstract String keys();

    /** Whether the configuration says that the hook only looks, {@link TrainingHookFactory#observes}. */
    protected abstract boolean observes();

    @TempDir
    Path folder;

    private String hooks() {
        String keys = keys().isBlank() ? "" : ", " + keys();
        // The class path may offer it as well.
        return "stages.learn.hooks=[{type: " + PipelineInTest.PLUGIN + "/"
                + factory().name() + keys + "}]";
    }

    private PipelineInTest pipeline() {
        return PipelineInTest.of(KitParts.PIPELINE).with(factory());
    }

    @Test
    void theSameTrainingTwiceComesToTheSameBytes() {
        var first = pipeline().run(folder.resolve("first"), hooks());
        var second = pipeline().run(folder.resolve("second"), hooks());
        assertThat(second.checkpoints("learn")).isEqualTo(first.checkpoints("learn"));
    }

    @Test
    void anInterruptedTrainingComesToTheSameBytes() {
        var whole = pipeline().run(folder.resolve("whole"), hooks());
        for (int asked : new int[] {4, 9}) {
            Path runs = folder.resolve("stopped after " + asked);
            AtomicInteger steps = new AtomicInteger();
            assertThatThrownBy(() -> pipeline().run(runs, 2, () -> steps.incrementAndGet() > asked, hooks()))
                    .as("the run is stopped in the middle of its training")
                    .isInstanceOf(RuntimeException.class);
            var resumed = pipeline().run(runs, hooks());
            assertThat(resumed.checkpoints("learn"))
                    .as("after %d questions whether to stop", asked)
                    .isEqualTo(whole.checkpoints("learn"));
        }
    }

    @Test
    void oneThatOnlyLooksChangesNothing() {
        if (observes()) {
            var with = pipeline().run(folder.resolve("with"), hooks());
            var without = pipeline().run(folder.resolve("without"));
            assertThat(with.checkpoints("learn").get("last.safetensors"))
                    .isEqualTo(without.checkpoints("learn").get("last.safetensors"));
        }
    }
}
