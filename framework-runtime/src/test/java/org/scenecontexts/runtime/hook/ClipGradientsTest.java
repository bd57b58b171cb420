package org.scenecontexts.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.toy.ToyHook;
import org.scenecontexts.runtime.toy.Toys;

class ClipGradientsTest {

    @TempDir
    Path runs;

    private record Lengths(double before, double after) {}

    /** The length of the gradient in three steps, as a hook after the clipping one sees it. */
    private List<Lengths> lengths(double limit) {
        List<Lengths> seen = new ArrayList<>();
        TrainingHook looking = new TrainingHook() {
            @Override
            public void beforeUpdate(TrainingStep step) {
                seen.add(new Lengths(step.gradientNorm(), step.gradients().norm()));
            }
        };
        Toys.run(
                runs,
                Toys.TRAIN,
                Toys.catalog(index -> {}, new ToyHook(() -> looking)),
                1,
                false,
                "stages.learn.iterations=3",
                "stages.learn.hooks=[{type: clip-gradients, norm: " + limit + "}, toy-hook]");
        return seen;
    }

    @Test
    void aLongGradientIsScaledToTheLimit() {
        assertThat(lengths(0.01)).hasSize(3).allSatisfy(lengths -> {
            assertThat(lengths.before()).isGreaterThan(0.01);
            // divided by the length plus 1e-6, in single precision
            assertThat(lengths.after()).isCloseTo(0.01, within(1e-6));
        });
    }

    @Test
    void aShortOneStays() {
        assertThat(lengths(1e6))
                .hasSize(3)
                .allSatisfy(lengths -> assertThat(lengths.after()).isEqualTo(lengths.before()));
    }
}
