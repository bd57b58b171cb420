package org.scenecontexts.runtime.guard;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Sampler;
import org.scenecontexts.api.data.Scene;

/** Checks what a backbone's sampler chose: every original point has a row or none, every row a point. */
record GuardedSampler(Guard guard, Sampler sampler) implements Sampler, Guarded {

    @Override
    public PluginPart part() {
        return guard.part();
    }

    @Override
    public SampledPoints sample(Scene scene, RandomGenerator random) {
        String method = "the sampler, for scene '" + scene.id() + "',";
        SampledPoints points = guard.notNull(method, "sampled points", () -> sampler.sample(scene, random));
        if (points.inverse().length != scene.size()) {
            throw guard.breach(
                    method,
                    "gave rows for " + points.inverse().length + " points",
                    "one entry for each of the scene's " + scene.size() + " points");
        }
        return points;
    }
}
