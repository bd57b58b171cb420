package org.scenecontexts.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.runtime.load.ScenePipeline;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.StageFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what a pre-training makes of its first pair, so that the report can show it: a loss alone does not tell whether the
 * two views of a chair have come to look alike. The training is over by then and does not depend on it.
 */
final class PairFeatures {

    private static final Logger LOG = LoggerFactory.getLogger(PairFeatures.class);

    private final Model model;
    private final Dataset data;
    private final Chance chance;

    PairFeatures(Model model, Dataset data, Chance chance) {
        this.model = model;
        this.data = data;
        this.chance = chance;
    }

    /**
     * Writes {@code pairs.npz}: {@code positions0} and {@code positions1} in metres, {@code features0} and {@code features1},
     * {@code matches0} and {@code matches1}, the rows of both that are the same place. Nothing where the task compares no views.
     */
    void write(StageFolder folder) {
        boolean training = model.network().training();
        model.network().training(false);
        try (var scope = model.engine().noGrad()) {
            arrays().ifPresent(arrays -> Npz.writeCompressed(folder.pairs(), arrays));
        } catch (RuntimeException e) {
            // The training is done and saved; a picture that is missing is no reason to lose it.
            LOG.warn("the report gets no picture of a pair: {}", e.toString());
        } finally {
            model.network().training(training);
        }
    }

    private Optional<Map<String, NpArray>> arrays() {
        ScenePipeline pipeline = new ScenePipeline(List.of(), model.sampler(), warning -> {});
        RandomGenerator random = chance.random();
        Example example = data.load(0);
        Sample sample = model.task().prepare(example, pipeline, random);
        try (Batch batch = Batch.of(List.of(sample), model.inputs())) {
            return model.task().matchedViews(model.backbone(), batch).map(views -> arrays(views, sample));
        }
    }

    private static Map<String, NpArray> arrays(MatchedViews views, Sample sample) {
        Map<String, NpArray> arrays = new LinkedHashMap<>();
        for (int v = 0; v < 2; v++) {
            var features = v == 0 ? views.features0() : views.features1();
            arrays.put("positions" + v, NpArray.of(positions(sample, v), features.rows(), 3));
            arrays.put("features" + v, NpArray.of(features.toArray(), features.rows(), features.columns()));
        }
        arrays.put("matches0", NpArray.of(views.first(), views.first().length));
        arrays.put("matches1", NpArray.of(views.second(), views.second().length));
        return arrays;
    }

    /** Where the sampled points were before anything moved them: both views share that frame. */
    private static float[] positions(Sample sample, int view) {
        float[] all = sample.example().views().get(view).positions();
        SampledPoints points = sample.views().get(view);
        float[] positions = new float[3 * points.source().length];
        for (int i = 0; i < points.source().length; i++) {
            System.arraycopy(all, 3 * points.source()[i], positions, 3 * i, 3);
        }
        return positions;
    }
}
