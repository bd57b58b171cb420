package org.scenecontexts.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;

class SyntheticViewsTest {

    private static SyntheticViewsFactory.Config config(
            Map<String, String> labels, double close, double tilted, double noise) {
        return config(labels, close, tilted, noise, 0.5, 6);
    }

    private static SyntheticViewsFactory.Config config(
            Map<String, String> labels, double close, double tilted, double noise, double density, double range) {
        return config(labels, close, 0, tilted, noise, density, range, 0);
    }

    private static SyntheticViewsFactory.Config config(
            Map<String, String> labels,
            double close,
            double filled,
            double tilted,
            double noise,
            double density,
            double range,
            int cartons) {
        return new SyntheticViewsFactory.Config(
                Split.TRAIN,
                8,
                3,
                List.of(RoomType.OFFICE),
                labels,
                close,
                filled,
                tilted,
                0,
                density,
                noise,
                range,
                2.8,
                5.5,
                3.6,
                1,
                cartons,
                false);
    }

    private static Dataset views(double close, double tilted, double noise) {
        return new SyntheticViewsFactory().create(config(Map.of(), close, tilted, noise), new TestContext());
    }

    private static Scene view(Dataset views, int index) {
        return views.load(index).views().getFirst();
    }

    @Test
    void theSameIndexGivesTheSamePictureAndAnotherIndexAnother() {
        assertThat(view(views(0.5, 0.5, 1), 3).positions())
                .isEqualTo(view(views(0.5, 0.5, 1), 3).positions());
        assertThat(view(views(0.5, 0.5, 1), 4).positions())
                .isNotEqualTo(view(views(0.5, 0.5, 1), 3).positions());
    }

    @Test
    void everythingLiesBeforeTheCameraWithinItsRange() {
        Dataset views = views(0.3, 0, 0);
        for (int i = 0; i < views.size(); i++) {
            Scene scene = view(views, i);
            assertThat(scene.size()).as(scene.id()).isGreaterThan(2000);
            for (int k = 0; k < scene.size(); k++) {
                double x = scene.positions()[3 * k];
                double y = scene.positions()[3 * k + 1];
                double z = scene.positions()[3 * k + 2];
                // A camera that looks down by 50 degrees sees its own feet, but hardly anything behind them. Its field
                // of
                // view is 66 degrees wide: a corner of it is farther away than the depth along the axis says.
                assertThat(Math.sqrt(x * x + y * y + z * z)).isBetween(0.3, 6 * 1.4);
                assertThat(y).isGreaterThan(-0.8);
            }
        }
    }

    @Test
    void aPictureOfFewPixelsShowsWhatALargeOneShows() {
        Dataset small = new SyntheticViewsFactory().create(config(Map.of(), 0, 0, 0, 0.02, 6), new TestContext());
        Dataset large = views(0, 0, 0);
        for (int i = 0; i < small.size(); i++) {
            assertThat(extent(view(small, i))).as(small.id(i)).isCloseTo(extent(view(large, i)), withinPercentage(15));
        }
    }

    private static double extent(Scene scene) {
        double farthest = 0;
        for (int k = 0; k < scene.size(); k++) {
            farthest = Math.max(farthest, Math.hypot(scene.positions()[3 * k], scene.positions()[3 * k + 1]));
        }
        return farthest;
    }

    @Test
    void aCameraThatMeetsNothingWithinItsRangeIsRefused() {
        SyntheticViewsFactory.Config shortSighted = config(Map.of(), 0, 0, 0, 0.5, 1);
        Dataset views = new SyntheticViewsFactory().create(shortSighted, new TestContext());
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            try {
                assertThat(view(views, i).size()).isPositive();
            } catch (CloudException e) {
                refused.add(e.getMessage());
            }
        }
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(message ->
                        assertThat(message).contains("view-train-3-", "within its range of 1.0 m", "raise 'range'"));
    }

    @Test
    void uprightPicturesHaveLevelFloorsAndTiltedOnesHaveNot() {
        assertThat(floorSpread(views(0, 0, 0))).isLessThan(0.03);
        // Four pictures in five lean by more than 4 degrees, which is 14 cm over 2 m of floor.
        assertThat(floorSpread(views(0, 1, 0))).isGreaterThan(0.14);
    }

    /** The mean over pictures of the 90% range of the heights of floor points; a rug is 15 mm thick. */
    private static double floorSpread(Dataset views) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < views.size(); i++) {
            Scene scene = view(views, i);
            double[] heights = new double[scene.size()];
            int n = 0;
            for (int k = 0; k < scene.size(); k++) {
                if (scene.labels()[k] == RoomClass.FLOOR.label()) {
                    heights[n++] = scene.positions()[3 * k + 2];
                }
            }
            if (n > 200) {
                double[] sorted = Arrays.copyOf(heights, n);
                Arrays.sort(sorted);
                sum += sorted[n * 95 / 100] - sorted[n * 5 / 100];
                count++;
            }
        }
        assertThat(count).isGreaterThan(3);
        return sum / count;
    }

    @Test
    void closePicturesShowMostlyATableAndWhatLiesOnIt() {
        int top = 0;
        int all = 0;
        Dataset views = views(1, 0, 1);
        for (int i = 0; i < views.size(); i++) {
            Scene scene = view(views, i);
            for (int label : scene.labels()) {
                boolean onTop = label == RoomClass.TABLE.label()
                        || label == RoomClass.DESK.label()
                        || label == RoomClass.MONITOR.label()
                        || label == Labels.IGNORE;
                top += onTop ? 1 : 0;
                all++;
            }
        }
        assertThat((double) top / all).isGreaterThan(0.4);
    }

    @Test
    void picturesFilledByATableShowHardlyAnythingElse() {
        Dataset views = new SyntheticViewsFactory().create(config(Map.of(), 1, 1, 0, 1, 0.5, 6, 0), new TestContext());
        int filled = 0;
        int withThings = 0;
        for (int i = 0; i < views.size(); i++) {
            int[] labels = view(views, i).labels();
            long things = Arrays.stream(labels)
                    .filter(label -> label == Labels.IGNORE)
                    .count();
            long top = Arrays.stream(labels)
                    .filter(label -> label == RoomClass.TABLE.label() || label == RoomClass.DESK.label())
                    .count();
            filled += top + things > 0.8 * labels.length ? 1 : 0;
            withThings += things > 0.03 * labels.length ? 1 : 0;
        }
        // A room may have no place for a large table, and five pictures of one may all show its surroundings.
        assertThat(filled).isGreaterThanOrEqualTo(6);
        assertThat(withThings).isGreaterThanOrEqualTo(6);
    }

    @Test
    void cartonsStandOnTheFloorsOfRooms() {
        assertThat(withoutClass(20)).isGreaterThan(1.5 * withoutClass(0));
    }

    /** Part of the points of pictures across rooms that belong to things without a class of their own. */
    private static double withoutClass(int cartons) {
        Dataset views =
                new SyntheticViewsFactory().create(config(Map.of(), 0, 0, 0, 0, 0.5, 6, cartons), new TestContext());
        long without = 0;
        long all = 0;
        for (int i = 0; i < views.size(); i++) {
            int[] labels = view(views, i).labels();
            without += Arrays.stream(labels)
                    .filter(label -> label == Labels.IGNORE)
                    .count();
            all += labels.length;
        }
        return (double) without / all;
    }

    @Test
    void depthsComeInTheStepsOfTheCamera() {
        ScanSettings kinect = new ScanSettings(10, 10, 1, 6, ScanSettings.KINECT_STEPS);
        // Published for the first Kinect: steps of about 3 mm at 1 m and 7 cm at 5 m; half a step is the largest error.
        assertThat(Math.abs(kinect.error(1.0, 0))).isLessThan(0.0015);
        double largest = 0;
        for (double depth = 4.9; depth < 5.1; depth += 0.001) {
            largest = Math.max(largest, Math.abs(kinect.error(depth, 0)));
        }
        assertThat(largest).isBetween(0.03, 0.04);
        assertThat(new ScanSettings(10, 10, 1, 6).error(5, 0.012)).isEqualTo(0.012);
    }

    @Test
    void thingsAreNamedAsThePipelineSays() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("wall", "wall");
        names.put("floor", "floor");
        names.put("desk", "table");
        names.put("table", "table");
        names.put("clutter", "object");
        SyntheticViewsFactory.Config config = config(names, 1, 0, 1);
        SyntheticViewsFactory factory = new SyntheticViewsFactory();
        assertThat(factory.outline(config).classes().orElseThrow().names())
                .containsExactly("wall", "floor", "table", "object");
        Scene scene = factory.create(config, new TestContext()).load(0).views().getFirst();
        assertThat(scene.labels()).contains(2, Labels.IGNORE);
        assertThat(Arrays.stream(scene.labels()).allMatch(label -> label >= Labels.IGNORE && label < 4))
                .isTrue();
        assertThatThrownBy(() -> config(Map.of("sofaa", "sofa"), 0, 0, 1))
                .hasMessageContaining("'sofaa' is no thing of a room")
                .hasMessageContaining("sofa, table");
    }

    @Test
    void aPartOfClosePicturesWhereThereAreNoneIsRefused() {
        assertThatThrownBy(() -> config(Map.of(), 0, 0.5, 0, 1, 0.5, 6, 0))
                .hasMessageContaining("filled is 0.5, a part of the close pictures, but close is 0");
    }
}
