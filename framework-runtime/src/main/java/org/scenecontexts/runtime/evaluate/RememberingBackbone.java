package org.scenecontexts.runtime.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/** Lets a task compute loss and predictions of one batch for the price of one pass through the backbone. */
final class RememberingBackbone implements Backbone {

    private final Backbone backbone;
    private PointBatch known;
    private Tensor features;
    private final Map<Integer, FeatureSet> seeds = new HashMap<>();

    RememberingBackbone(Backbone backbone) {
        this.backbone = backbone;
    }

    @Override
    public Module module() {
        return backbone.module();
    }

    @Override
    public int channels() {
        return backbone.channels();
    }

    @Override
    public void prepare(PointBatch batch) {
        backbone.prepare(batch);
    }

    @Override
    public Tensor features(PointBatch batch) {
        if (known != batch) {
            forget();
            known = batch;
        }
        if (features == null) {
            features = backbone.features(batch);
        }
        // A view of its own: a task that gives it back when it has no more use for it does not take it from the next.
        return features.viewAs(features.shape());
    }

    @Override
    public FeatureSet seeds(PointBatch batch, int count) {
        if (!backbone.hasOwnSeeds()) {
            return FeatureSet.farthest(features(batch), batch, count);
        }
        if (known != batch) {
            forget();
            known = batch;
        }
        FeatureSet set = seeds.computeIfAbsent(count, number -> backbone.seeds(batch, number));
        return set.with(set.features().viewAs(set.features().shape()));
    }

    @Override
    public boolean hasOwnSeeds() {
        return backbone.hasOwnSeeds();
    }

    @Override
    public OptionalDouble reach() {
        return backbone.reach();
    }

    @Override
    public Map<String, String> metadata() {
        return backbone.metadata();
    }

    void forget() {
        if (features != null) {
            features.release();
        }
        seeds.values().forEach(set -> set.features().release());
        seeds.clear();
        features = null;
        known = null;
    }
}
