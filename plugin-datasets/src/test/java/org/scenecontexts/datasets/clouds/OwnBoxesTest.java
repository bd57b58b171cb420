package org.scenecontexts.datasets.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.io.cloud.Up;

/** Boxes that people drew around the objects of their own clouds. */
class OwnBoxesTest {

    private static final String LABEL_CLOUD = """
            {"folder": "pointclouds", "filename": "a.csv", "path": "pointclouds/a.csv", "objects": [
              {"name": "chair", "centroid": {"x": 1, "y": 2, "z": 0.5},
               "dimensions": {"length": 0.6, "width": 0.4, "height": 1},
               "rotations": {"x": 0, "y": 0, "z": %s}}]}
            """;

    @TempDir
    private Path folder;

    private final TestContext context = new TestContext();

    @BeforeEach
    void clouds() throws IOException {
        Files.createDirectories(folder.resolve("boxes"));
        Files.writeString(folder.resolve("a.csv"), "x,y,z\n0,0,0\n1,2,0.5\n");
    }

    private Path boxes(String name, String text) throws IOException {
        return Files.writeString(folder.resolve("boxes").resolve(name), text);
    }

    private Dataset data(PointCloudsFactory.Unmapped unmapped, double scale, Up up) {
        return new PointCloudsFactory()
                .create(
                        new PointCloudsFactory.Config(
                                Optional.of(folder),
                                "*.csv",
                                List.of(),
                                1,
                                0,
                                PointCloudsFactory.Pick.KEEP,
                                Optional.empty(),
                                Map.of(),
                                List.of("table", "chair"),
                                unmapped,
                                Optional.empty(),
                                1,
                                Map.of(),
                                Optional.of(folder.resolve("boxes")),
                                List.of(),
                                scale,
                                up,
                                false),
                        context);
    }

    private Scene scene() {
        return data(PointCloudsFactory.Unmapped.ERROR, 1, Up.Z).load(0).scene();
    }

    private static void expect(Box found, double x, double y, double z, double heading) {
        double[] numbers = {
            found.centreX(),
            found.centreY(),
            found.centreZ(),
            found.sizeX(),
            found.sizeY(),
            found.sizeZ(),
            found.heading(),
            found.label()
        };
        // Double precision throughout: the last digits of numbers below 7 are a million times smaller.
        assertThat(numbers).containsExactly(new double[] {x, y, z, 0.6, 0.4, 1, heading, 1}, within(1e-9));
    }

    @Test
    void boxesAreReadAsTheyAreExported() throws IOException {
        boxes("a.boxes.json", """
                {"scene": "a", "boxes": [{"class": "chair", "label": 7, "confidence": 0.9,
                  "centre": [1, 2, 0.5], "size": [0.6, 0.4, 1], "heading": 1.25}], "less-sure": 3}
                """);
        Scene scene = scene();
        assertThat(scene.boxes()).hasSize(1);
        expect(scene.boxes().getFirst(), 1, 2, 0.5, 1.25);
    }

    @Test
    void farAwayCloudsKeepTheirBoxes() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,y,z\n500000,4000000,100\n500001,4000002,100.5\n");
        boxes("a.json", """
                {"boxes": [{"class": "chair", "centre": [500001, 4000002, 100.5], "size": [0.6, 0.4, 1]}]}
                """);
        Scene scene = scene();
        Box box = scene.boxes().getFirst();
        expect(
                box,
                500001 - scene.origin().x(),
                4000002 - scene.origin().y(),
                100.5 - scene.origin().z(),
                0);
        // Half of the last digit in single precision of the 1 m between the two points.
        assertThat(scene.positions()[3] - box.centreX()).isCloseTo(0, within(6e-8));
    }

    @Test
    void labelCloudsTurnsAreDegreesOrRadiansAsItsClassesSay() throws IOException {
        boxes("a.json", LABEL_CLOUD.formatted("3"));
        boxes("_classes.json", "{\"classes\": [], \"format\": \"centroid_rel\"}");
        expect(scene().boxes().getFirst(), 1, 2, 0.5, 3);
        boxes("_classes.json", "{\"classes\": [], \"format\": \"centroid_abs\"}");
        expect(scene().boxes().getFirst(), 1, 2, 0.5, Math.toRadians(3));
        assertThat(context.warnings).isEmpty();
    }

    @Test
    void labelCloudsTurnsAreGuessedByTheirRangeAndDoubtIsSaid() throws IOException {
        boxes("a.json", LABEL_CLOUD.formatted("270"));
        expect(scene().boxes().getFirst(), 1, 2, 0.5, -Math.PI / 2);
        boxes("a.json", LABEL_CLOUD.formatted("-1.5"));
        expect(scene().boxes().getFirst(), 1, 2, 0.5, -1.5);
        assertThat(context.warnings).isEmpty();
        boxes("a.json", LABEL_CLOUD.formatted("2"));
        expect(scene().boxes().getFirst(), 1, 2, 0.5, Math.toRadians(2));
        assertThat(context.warnings).singleElement().asString().contains("degrees or radians", "centroid_rel");
    }

    /** Length 0.6 along a quarter turn, as the tool orders corners. */
    @Test
    void labelCloudsCornersAreABox() throws IOException {
        boxes("a.json", """
                {"objects": [{"name": "chair", "vertices": [
                  [1.2, 1.7, 0], [0.8, 1.7, 0], [0.8, 2.3, 0], [1.2, 2.3, 0],
                  [1.2, 1.7, 1], [0.8, 1.7, 1], [0.8, 2.3, 1], [1.2, 2.3, 1]]}]}
                """);
        expect(scene().boxes().getFirst(), 1, 2, 0.5, Math.PI / 2);
    }

    @Test
    void labelCloudsBoxesHaveTheUnitOfTheCloud() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,y,z\n0,0,0\n1000,2000,500\n");
        boxes("a.json", """
                {"objects": [{"name": "chair", "centroid": {"x": 1000, "y": 2000, "z": 500},
                  "dimensions": {"length": 600, "width": 400, "height": 1000},
                  "rotations": {"x": 0, "y": 0, "z": 0}}]}
                """);
        expect(
                data(PointCloudsFactory.Unmapped.ERROR, 0.001, Up.Z)
                        .load(0)
                        .scene()
                        .boxes()
                        .getFirst(),
                1,
                2,
                0.5,
                0);
        assertThatThrownBy(() -> data(PointCloudsFactory.Unmapped.ERROR, 0.001, Up.MINUS_Y)
                        .load(0))
                .hasMessageContaining("labelCloud turns boxes about z, but 'up: minus-y'");
    }

    @Test
    void aTiltedBoxStandsUprightAndThatIsSaid() throws IOException {
        boxes("a.json", LABEL_CLOUD.formatted("0").replace("\"y\": 0, \"z\": 0}", "\"y\": 30, \"z\": 0}"));
        assertThat(scene().boxes()).hasSize(1);
        assertThat(context.warnings).singleElement().asString().contains("objects[0]", "tilted by 30 degrees");
    }

    @Test
    void aCloudWithoutAFileIsOneWithoutObjectsAndSaid() throws IOException {
        Files.writeString(folder.resolve("b.csv"), "x,y,z\n0,0,0\n1,2,0.5\n");
        boxes("a.json", LABEL_CLOUD.formatted("0"));
        Dataset data = data(PointCloudsFactory.Unmapped.ERROR, 1, Up.Z);
        assertThat(data.load(1).scene().boxes()).isEmpty();
        assertThat(data.load(1).scene().boxes()).isEmpty();
        assertThat(context.warnings).singleElement().asString().contains("b.csv", "without objects");
    }

    @Test
    void aFolderWithoutAnyBoxesIsRefused() {
        assertThatThrownBy(() -> data(PointCloudsFactory.Unmapped.ERROR, 1, Up.Z))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has boxes for none of the 1 clouds")
                .hasMessageContaining("a.csv");
    }

    @Test
    void aClassThatTheDataDoesNotHaveIsAnErrorUnlessItShallBeLeftOut() throws IOException {
        boxes("a.json", LABEL_CLOUD.formatted("0").replace("chair", "lamp"));
        assertThatThrownBy(this::scene)
                .hasMessageContaining("a.json: objects[0]: the class 'lamp' is not among the classes [table, chair]");
        assertThat(data(PointCloudsFactory.Unmapped.IGNORE, 1, Up.Z)
                        .load(0)
                        .scene()
                        .boxes())
                .isEmpty();
    }

    @Test
    void whatIsMissingIsSaidWithItsPlace() throws IOException {
        boxes("a.json", "{\"boxes\": [{\"class\": \"chair\", \"centre\": [1, 2]}]}");
        assertThatThrownBy(this::scene).hasMessageContaining("a.json: boxes[0].centre: three numbers are expected");
        boxes("a.json", "{\"boxes\": [{\"class\": \"chair\", \"centre\": [1, 2, 3], \"size\": [1, 0, 1]}]}");
        assertThatThrownBy(this::scene).hasMessageContaining("boxes[0]: three lengths above 0");
        boxes("a.json", "{\"scene\": \"a\"}");
        assertThatThrownBy(this::scene).hasMessageContaining("neither 'boxes'");
        boxes("a.json", "{\"boxes\": [");
        assertThatThrownBy(this::scene).hasMessageContaining("a.json, line 1");
    }
}
