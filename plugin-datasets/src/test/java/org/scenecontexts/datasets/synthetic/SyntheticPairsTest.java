package org.scenecontexts.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.TestContext;

class SyntheticPairsTest {

    private static Dataset pairs() {
        return new SyntheticPairsFactory()
                .create(
                        new SyntheticPairsFactory.Config(
                                Split.TRAIN, 12, 5, 3, List.of(RoomType.values()), 0.3, 1, 1, 2.8, 4, false),
                        new TestContext());
    }

    @Test
    void viewsOverlapByAtLeastAThird() {
        Dataset pairs = pairs();
        assertThat(pairs.views()).isEqualTo(2);
        for (int i = 0; i < pairs.size(); i++) {
            List<Scene> views = pairs.load(i).views();
            assertThat(views).hasSize(2);
            assertThat(near(views.get(0), views.get(1))).as(pairs.id(i)).isGreaterThan(0.3);
            assertThat(near(views.get(1), views.get(0))).as(pairs.id(i)).isGreaterThan(0.3);
        }
    }

    @Test
    void viewsAreTakenFromDifferentPlaces() {
        for (int i = 0; i < 6; i++) {
            List<Scene> views = pairs().load(i).views();
            assertThat(Math.min(near(views.get(0), views.get(1)), near(views.get(1), views.get(0))))
                    .isLessThan(0.99);
        }
    }

    @Test
    void sameIndexGivesTheSamePair() {
        Example first = pairs().load(7);
        Example second = pairs().load(7);
        assertThat(first.views().get(1).positions())
                .isEqualTo(second.views().get(1).positions());
        assertThat(pairs().load(8).views().get(0).positions())
                .isNotEqualTo(first.views().get(0).positions());
    }

    /** Part of some of the points that have a point of the other view within 7.5 cm, by comparing all. */
    private static double near(Scene of, Scene in) {
        int step = Math.max(1, of.size() / 200);
        int hits = 0;
        int all = 0;
        for (int i = 0; i < of.size(); i += step) {
            all++;
            for (int j = 0; j < in.size(); j++) {
                double d = 0;
                for (int a = 0; a < 3; a++) {
                    double delta = of.positions()[3 * i + a] - in.positions()[3 * j + a];
                    d += delta * delta;
                }
                if (d <= 0.075 * 0.075) {
                    hits++;
                    break;
                }
            }
        }
        return (double) hits / all;
    }
}
