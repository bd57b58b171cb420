package org.scenecontexts.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Origin;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

class SceneFilesTest {

    private static final Scene SCENE = Scene.ofPositions("s", new float[] {0.25f, 0.5f, 1, 1.25f, 1.5f, 2});

    @TempDir
    Path folder;

    @Test
    void farScenesAreWrittenWhereTheyLay() {
        PointCloud cloud = written(SCENE.withOrigin(new Origin(500_000, 5_400_000, 0)));
        assertThat(cloud.column("x").values().doubles()).containsExactly(500_000.25, 500_001.25);
        assertThat(cloud.column("y").values().doubles()).containsExactly(5_400_000.5, 5_400_001.5);
        assertThat(cloud.column("z").values().doubles()).containsExactly(1, 2);
    }

    @Test
    void scenesAtZeroKeepTheirSmallFiles() {
        assertThat(written(SCENE).column("x").type()).isEqualTo(ArrayElement.FLOAT32);
    }

    private PointCloud written(Scene scene) {
        SceneFiles files = new SceneFiles(folder, SceneClasses.of(List.of("floor", "wall")));
        ScenePrediction prediction =
                ScenePrediction.semantic(new int[] {0, 1}, new float[] {1, 1}, new float[0], new int[0]);
        return CloudFiles.read(files.ply("s", scene, prediction));
    }
}
