package org.scenecontexts.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.BackboneFactory;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyBackbone;
import org.scenecontexts.runtime.toy.Toys;

/** Training, validation, evaluation and prediction hand batches to a backbone that it has prepared on a loader's thread. */
class PreparedBatchesTest {

    @TempDir
    Path runs;

    private final Map<PointBatch, String> prepared = new ConcurrentHashMap<>();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger unprepared = new AtomicInteger();

    @Test
    void noStageComputesABatchThatWasNotPreparedByItsLoader() {
        String yaml = Toys.ALL.replace("toy-backbone", "watched");
        Toys.run(runs.resolve("watched"), yaml, Toys.catalog(index -> {}, new Watched()), 1, false);
        // 23 iterations of two passes, then seven scenes in each of four validations, and those of the other stages.
        assertThat(seen.get()).isGreaterThan(23 * 2 + 4 * 7);
        assertThat(unprepared).hasValue(0);
        assertThat(prepared.values()).allMatch(thread -> thread.startsWith("csc-loader-"));
    }

    @Test
    void whatIsLearntDoesNotDependOnIt() throws IOException {
        Toys.run(runs.resolve("plain"), Toys.TRAIN);
        Toys.run(
                runs.resolve("watched"),
                Toys.TRAIN.replace("toy-backbone", "watched"),
                Toys.catalog(index -> {}, new Watched()),
                1,
                false);
        StageFolder plain = new StageFolder(runs.resolve("plain/toys/learn"));
        StageFolder watched = new StageFolder(runs.resolve("watched/toys/learn"));
        assertThat(RunFiles.content(watched.metrics())).isEqualTo(RunFiles.content(plain.metrics()));
    }

    /** The toy backbone, which notes what it is asked for. */
    private final class Watched implements BackboneFactory<ToyBackbone.Config> {

        private final ToyBackbone toys = new ToyBackbone();

        @Override
        public String name() {
            return "watched";
        }

        @Override
        public String summary() {
            return "Watches.";
        }

        @Override
        public Sampler sampling(ToyBackbone.Config config) {
            return toys.sampling(config);
        }

        @Override
        public Backbone create(ToyBackbone.Config config, ModelContext context) {
            Backbone inner = toys.create(config, context);
            return new Backbone() {
                @Override
                public Module module() {
                    return inner.module();
                }

                @Override
                public int channels() {
                    return inner.channels();
                }

                @Override
                public void prepare(PointBatch batch) {
                    prepared.put(batch, Thread.currentThread().getName());
                }

                @Override
                public Tensor features(PointBatch batch) {
                    seen.incrementAndGet();
                    if (!prepared.containsKey(batch)) {
                        unprepared.incrementAndGet();
                    }
                    return inner.features(batch);
                }
            };
        }
    }
}
