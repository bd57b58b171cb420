package org.scenecontexts.datasets.s3dis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.raw.RawTree;
import org.scenecontexts.datasets.synthetic.RawRoomsFactory;
import org.scenecontexts.datasets.synthetic.RoomClass;
import org.scenecontexts.datasets.synthetic.Split;

/** Rooms written as the Stanford data set has them come back, and damaged lines are mended by the rule that is written down. */
class RawS3disTest {

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();

    private Map<String, Double> prepare(Path raw, boolean legacy) {
        return RawTree.run(new S3disPreparationFactory()
                .create(new S3disPreparationFactory.Config(raw, folder.resolve("prepared"), 0.01, legacy), context));
    }

    private Dataset open(Optional<S3disFactory.Split> split, List<Integer> areas) {
        return new S3disFactory()
                .create(
                        new S3disFactory.Config(folder.resolve("prepared"), split, areas, List.of(), List.of(), false),
                        context);
    }

    @Test
    void firstPointsOfCubesComeBackWithTheirClassesAndObjects() {
        prepare(RawTree.write(folder.resolve("raw"), RawRoomsFactory.Layout.S3DIS, 0), false);
        Scene room = RawTree.room(Split.VAL, 0);
        Scene scene = RawTree.scene(open(Optional.of(S3disFactory.Split.VAL), List.of()), "Area_5_office_1");
        // Points of the room by position; rooms are noisy, so that no two are equal.
        Map<List<Float>, Integer> pointAt = new HashMap<>();
        for (int i = 0; i < room.size(); i++) {
            pointAt.put(position(room, i), i);
        }
        Set<List<Long>> cubes = new HashSet<>();
        for (int i = 0; i < room.size(); i++) {
            cubes.add(cube(room, i));
        }
        assertThat(scene.size()).isEqualTo(cubes.size());
        Map<Integer, Integer> translated = new HashMap<>();
        for (int i = 0; i < scene.size(); i++) {
            int point = pointAt.get(position(scene, i));
            for (int c = 0; c < 3; c++) {
                assertThat(scene.colours()[3 * i + c]).isEqualTo(room.colours()[3 * point + c]);
            }
            if (scene.labels()[i] != Labels.IGNORE) {
                assertThat(S3disClasses.all().names().get(scene.labels()[i]))
                        .isEqualTo(expectedClass(room.labels()[point]));
            }
            if (room.instances()[point] != Labels.NO_INSTANCE && scene.labels()[i] != Labels.IGNORE) {
                int found = scene.instances()[i];
                assertThat(translated.computeIfAbsent(room.instances()[point], id -> found))
                        .isEqualTo(found);
            }
        }
        assertThat(new HashSet<>(translated.values())).hasSameSizeAs(translated.values());
        assertThat(context.warnings).isEmpty();
    }

    private static List<Float> position(Scene scene, int i) {
        return List.of(scene.positions()[3 * i], scene.positions()[3 * i + 1], scene.positions()[3 * i + 2]);
    }

    private static List<Long> cube(Scene scene, int i) {
        List<Long> cube = new ArrayList<>();
        position(scene, i).forEach(value -> cube.add((long) Math.floor(value / 0.01f)));
        return cube;
    }

    private static String expectedClass(int label) {
        if (label == Labels.IGNORE) {
            return "clutter";
        }
        return switch (RoomClass.values()[label]) {
            case WALL -> "wall";
            case FLOOR -> "floor";
            case DOOR -> "door";
            case WINDOW -> "window";
            case TABLE, DESK -> "table";
            case CHAIR -> "chair";
            case SOFA -> "sofa";
            case BOOKSHELF -> "bookcase";
            case PICTURE -> "board";
            default -> "clutter";
        };
    }

    @Test
    void everyAreaHasItsListSoThatSixFoldsCanBeMade() {
        prepare(RawTree.write(folder.resolve("raw"), RawRoomsFactory.Layout.S3DIS, 0), false);
        assertThat(open(Optional.empty(), List.of(1)).size()).isEqualTo(1);
        assertThat(open(Optional.empty(), List.of(2, 3, 5)).size()).isEqualTo(3);
        Dataset others = new S3disFactory()
                .create(
                        new S3disFactory.Config(
                                folder.resolve("prepared"),
                                Optional.empty(),
                                List.of(),
                                List.of(4, 5, 6),
                                List.of(),
                                false),
                        context);
        assertThat(others.size()).isEqualTo(3);
        assertThat(others.id(2)).startsWith("Area_3_");
    }

    @Test
    void areasAreNamedInOneWayOnly() {
        assertThatThrownBy(() -> new S3disFactory.Config(
                        folder, Optional.of(S3disFactory.Split.VAL), List.of(), List.of(5), List.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of 'split', 'areas' and 'except'");
        assertThatThrownBy(() -> new S3disFactory.Config(
                        folder, Optional.empty(), List.of(), List.of(1, 2, 3, 4, 5, 6), List.of(), false))
                .hasMessageContaining("leaves no area");
    }

    private Path object(String name, byte[] text) throws IOException {
        Path file = folder.resolve("raw/Area_5/office_19/Annotations").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private double[] only() {
        Scene scene =
                open(Optional.of(S3disFactory.Split.VAL), List.of()).load(0).scene();
        assertThat(scene.size()).isEqualTo(2);
        return new double[] {
            scene.positions()[3], scene.positions()[4], scene.positions()[5],
            scene.colours()[3], scene.colours()[4], scene.colours()[5]
        };
    }

    /** The lines that are known to be damaged, and one of bytes that are no UTF-8. */
    @ParameterizedTest
    @CsvSource({
        "-22.7 6.5 3.1 151.0 126.0 103.0\u00100000, 151, 126, 103",
        "-22.7 6.5 3.1 56.00\u0010000 55.0 54.0, 56, 55, 54",
        "-22.7 6.5 3.1 2\u00111.000000 9.0 8.0, 21, 9, 8",
        "-22.7 6.5 3.1 185\u0000187 190, 185, 187, 190",
        "-22.7 6.5 3.1 18\u00e95 187 190, 185, 187, 190"
    })
    void strangeCharactersAreMendedByTheRule(String line, int red, int green, int blue) throws IOException {
        object("ceiling_1.txt", bytes("-22.1 6.0 3.0 1 2 3\n" + line + "\n"));
        Map<String, Double> figures = prepare(folder.resolve("raw"), false);
        assertThat(figures).containsEntry("lines_mended", 1.0).containsEntry("lines_left_out", 0.0);
        assertThat(only()).containsExactly(-22.7f, 6.5f, 3.1f, red, green, blue);
        assertThat(context.warnings).singleElement().asString().contains("ceiling_1.txt, line 2", "damaged", "read as");
    }

    @Test
    void legacyLeavesDamagedLinesOut() throws IOException {
        object("ceiling_1.txt", bytes("1 1 1 1 2 3\n2 2 2 1 2 3\n3 3 3 103.0\u00100000 2 3\n"));
        assertThat(prepare(folder.resolve("raw"), true))
                .containsEntry("lines_mended", 0.0)
                .containsEntry("lines_left_out", 1.0);
        assertThat(open(Optional.of(S3disFactory.Split.VAL), List.of())
                        .load(0)
                        .scene()
                        .size())
                .isEqualTo(2);
        assertThat(context.warnings).singleElement().asString().contains("line 3", "left out");
    }

    @ParameterizedTest
    @CsvSource({"1 2 3 4 5", "1 2 3 4 5 six", "1 2 3 4 5 256", "1 2 3 4 5 6 7", "nan 2 3 4 5 6"})
    void whatCannotBeMendedIsLeftOutAndSaid(String line) throws IOException {
        object("wall_1.txt", bytes("1 1 1 1 2 3\n" + line + "\n2 2 2 4 5 6\n"));
        assertThat(prepare(folder.resolve("raw"), false)).containsEntry("lines_left_out", 1.0);
        assertThat(only()).containsExactly(2, 2, 2, 4, 5, 6);
        assertThat(context.warnings).singleElement().asString().contains("wall_1.txt, line 2", "left out");
    }

    @Test
    void aCutFileIsRefusedAndLeavesNothingBehind() throws IOException {
        object("wall_1.txt", bytes("1 1 1 1 2 3\n2 2 2 1"));
        assertThatThrownBy(() -> prepare(folder.resolve("raw"), false))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("wall_1.txt, line 2")
                .hasMessageContaining("incomplete");
        assertThat(folder.resolve("prepared/Area_5")).doesNotExist();
    }

    @Test
    void stairsKeepTheirNumberAndUnknownObjectsAreClutter() throws IOException {
        object("stairs_1.txt", bytes("1 1 1 1 2 3\n"));
        object("spaceship_1.txt", bytes("2 2 2 1 2 3\n"));
        prepare(folder.resolve("raw"), false);
        Scene scene =
                open(Optional.of(S3disFactory.Split.VAL), List.of()).load(0).scene();
        assertThat(scene.labels()).containsExactlyInAnyOrder(0, Labels.IGNORE);
        assertThat(context.warnings).singleElement().asString().contains("spaceship", "clutter");
    }

    @Test
    void contestedCubesHaveNoClass() throws IOException {
        object("chair_1.txt", bytes("1.001 1.001 1.001 1 2 3\n3 3 3 1 2 3\n"));
        object("table_1.txt", bytes("1.002 1.002 1.002 9 9 9\n"));
        prepare(folder.resolve("raw"), false);
        Scene scene =
                open(Optional.of(S3disFactory.Split.VAL), List.of()).load(0).scene();
        assertThat(scene.labels())
                .containsExactly(Labels.IGNORE, S3disClasses.all().names().indexOf("chair"));
        assertThat(scene.colours()).startsWith(1, 2, 3);
    }

    @Test
    void aMissingFolderSaysWhereTheDataComesFrom() {
        assertThatThrownBy(() -> prepare(folder.resolve("nowhere"), false))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("buildingparser.stanford.edu");
    }
}
