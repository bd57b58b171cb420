package org.scenecontexts.runtime.guard;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;

/** Checks that a backbone gives a feature of the width that it states for every row. */
record GuardedBackbone(Guard guard, Backbone backbone, Module module, int channels) implements Backbone, Guarded {

    GuardedBackbone(Guard guard, Backbone backbone) {
        this(
                guard,
                backbone,
                guard.notNull("module()", "the trained part", backbone::module),
                guard.call("channels()", backbone::channels));
        if (channels < 1) {
            throw guard.breach("channels()", "returned " + channels, "the width of the features, 1 or more");
        }
    }

    @Override
    public PluginPart part() {
        return guard.part();
    }

    @Override
    public void prepare(PointBatch batch) {
        guard.call("prepare(batch)", () -> {
            backbone.prepare(batch);
            return batch;
        });
    }

    @Override
    public Tensor features(PointBatch batch) {
        Tensor features =
                guard.notNull("features(batch)", "a tensor " + wanted(batch.rows()), () -> backbone.features(batch));
        int[] shape = features.shape();
        if (shape.length != 2 || shape[0] != batch.rows() || shape[1] != channels) {
            throw guard.breach(
                    "features(batch)",
                    "gave " + Guard.shape(features),
                    wanted(batch.rows()) + ": a row for each of the batch, and as many channels as channels() says");
        }
        return features;
    }

    private String wanted(int rows) {
        return "[" + rows + ", " + channels + "]";
    }

    @Override
    public FeatureSet seeds(PointBatch batch, int count) {
        return checked("seeds(batch, " + count + ")", guard.call("seeds", () -> backbone.seeds(batch, count)), batch);
    }

    @Override
    public boolean hasOwnSeeds() {
        return guard.call("hasOwnSeeds()", backbone::hasOwnSeeds);
    }

    @Override
    public OptionalDouble reach() {
        return guard.notNull("reach()", "metres, or nothing", backbone::reach);
    }

    @Override
    public FeatureSet featureSet(PointBatch batch) {
        return checked("featureSet(batch)", guard.call("featureSet", () -> backbone.featureSet(batch)), batch);
    }

    private FeatureSet checked(String method, FeatureSet set, PointBatch batch) {
        if (set == null || set.features() == null) {
            throw guard.breach(method, "gave null", "features and their places");
        }
        int rows = set.features().rows();
        int[] offsets = set.offsets();
        if (set.features().columns() != channels
                || offsets.length != batch.scenes() + 1
                || offsets[offsets.length - 1] != rows) {
            throw guard.breach(
                    method,
                    "gave features " + Guard.shape(set.features()) + " with offsets " + Arrays.toString(offsets),
                    channels + " channels, and " + (batch.scenes() + 1)
                            + " offsets, the last of which is the number of features");
        }
        return set;
    }

    @Override
    public Map<String, String> metadata() {
        return guard.notNull("metadata()", "texts, which may be none", backbone::metadata);
    }
}
