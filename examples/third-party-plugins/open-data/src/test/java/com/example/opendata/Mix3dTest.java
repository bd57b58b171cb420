package com.example.opendata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.TransformFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.testkit.KitContext;
import org.scenecontexts.testkit.KitScenes;
import org.scenecontexts.testkit.TransformContract;
import org.scenecontexts.testkit.pipeline.KitEngines;

class Mix3dTest extends TransformContract<Mix3d.Config> {

    private final TensorEngine engine = KitEngines.cpu(1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected TransformFactory<Mix3d.Config> factory() {
        return new Mix3d();
    }

    @Override
    protected Mix3d.Config config() {
        return new Mix3d.Config(1);
    }

    @Override
    protected BuildContext context(long seed) {
        return KitContext.withoutNetwork(engine, seed);
    }

    @Test
    void aMixedSceneHasThePointsOfBothAndTheLabelsOfBoth() {
        Scene first = KitScenes.room(1, 120);
        Scene second = KitScenes.room(2, 80);
        Scene mixed = factory().create(config(), context(1)).apply(first, List.of(second), new SplittableRandom(1));
        assertEquals(200, mixed.size());
        assertEquals(second.labels()[3], mixed.labels()[123]);
    }
}
