package org.scenecontexts.datasets.stored;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.Attributes;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.limited.GivenScenes;

/** Scenes to store. */
final class Given {

    static final List<String> CLASSES = List.of("floor", "chair", "table");

    /** Where surveys lie: zone 32 of UTM, with a fraction that 32-bit numbers cannot hold. */
    static final Origin UTM = new Origin(500_123.25, 5_400_602.0625, 312.125);

    private Given() {}

    /** A scene that has everything. */
    static Scene full(String id, int points, Origin origin) {
        SplittableRandom random = new SplittableRandom(id.hashCode());
        float[] positions = new float[3 * points];
        float[] colours = new float[3 * points];
        float[] normals = new float[3 * points];
        float[] time = new float[points];
        int[] labels = new int[points];
        int[] instances = new int[points];
        int[] pair = new int[2 * points];
        for (int i = 0; i < 3 * points; i++) {
            positions[i] = (float) random.nextDouble(-20, 20);
            colours[i] = random.nextInt(256);
            normals[i] = i % 3 == 2 ? 1 : 0;
        }
        for (int i = 0; i < points; i++) {
            time[i] = random.nextFloat();
            labels[i] = random.nextInt(-2, 3);
            instances[i] = labels[i] > 0 ? random.nextInt(2) : -1;
            pair[2 * i] = i;
            pair[2 * i + 1] = -i;
        }
        return new Scene(
                id,
                positions,
                colours,
                normals,
                labels,
                instances,
                List.of(
                        new Box(0.1, 0.2, 0.3, 1, 2, 3, 0.5, 1, 0),
                        new Box(-1.0 / 3, 2, 0, 0.25, 0.5, 1, Math.PI, 2, -1)),
                origin,
                new Attributes(
                        Map.of(
                                "time",
                                new Attribute.Floats("time", 1, time, 1.3e9),
                                "pair",
                                new Attribute.Ints("pair", 2, pair)),
                        Map.of("room", new Attribute.Ints("room", 1, new int[] {7})),
                        Map.of("age", new Attribute.Floats("age", 1, new float[] {3, 4})),
                        new int[] {0, 1}));
    }

    static Map<String, Double> store(List<Scene> scenes, Path target) {
        return new StoredScenesPreparationFactory()
                .create(
                        new StoredScenesPreparationFactory.Config(GivenScenes.of(CLASSES, scenes), target),
                        new TestContext())
                .run(WorkProgress.none());
    }

    static Dataset open(Path folder) {
        return new StoredScenesFactory().create(new StoredScenesFactory.Config(folder, false), new TestContext());
    }
}
