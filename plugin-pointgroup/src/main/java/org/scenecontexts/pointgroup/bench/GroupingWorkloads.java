package org.scenecontexts.pointgroup.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.pointgroup.cluster.PointGrouping;

/**
 * The two clouds that decide what grouping costs: points as they lie, where each has few neighbours, and moved by a network that
 * has learnt its centres, where each has thousands.
 */
final class GroupingWorkloads {

    private static final int POINTS = 200_000;
    private static final int CENTRES = 30;
    private static final float SPACING = 0.02f;
    private static final float RADIUS = 0.03f;
    private static final double SPREAD = 0.01;
    private static final int PUBLISHED_CAP = 1000;

    /** Sheets of points above one another, each of a class of its own. */
    private static final int SHEETS = 8;

    private GroupingWorkloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (Cloud cloud : Cloud.values()) {
            String name = "grouping/" + cloud.name().toLowerCase(Locale.ROOT) + "/200k";
            all.add(workload(name, Tier.QUICK, cloud, PointGrouping.NO_CAP));
            all.add(workload(name + "/cap1000", Tier.FULL, cloud, PUBLISHED_CAP));
        }
        return all;
    }

    private static Workload workload(String name, Tier tier, Cloud cloud, int cap) {
        return Workload.of(name, tier, context -> {
            float[] positions = cloud.positions();
            int[] labels = labels(cloud == Cloud.SURFACES ? SHEETS : CENTRES);
            // Positions and labels are read, the group of each point is written.
            return PreparedWorkload.of(
                    new Work(0, 20L * POINTS, POINTS),
                    () -> PointGrouping.find(
                            positions, labels, RADIUS, cap, context.engine().parallel()));
        });
    }

    /** Where points lie. */
    private enum Cloud {
        /** On sheets, 2 cm apart, half a centimetre off at most. */
        SURFACES {
            @Override
            float[] positions() {
                SplittableRandom random = new SplittableRandom(1);
                int edge = (int) Math.ceil(Math.sqrt((double) POINTS / SHEETS));
                float[] positions = new float[3 * POINTS];
                for (int i = 0; i < POINTS; i++) {
                    int on = i / SHEETS;
                    positions[3 * i] = on % edge * SPACING + jitter(random);
                    positions[3 * i + 1] = on / edge * SPACING + jitter(random);
                    positions[3 * i + 2] = 0.3f * (i % SHEETS) + jitter(random);
                }
                return positions;
            }
        },
        /** Around 30 centres, a centimetre off as a rule. */
        SHIFTED {
            @Override
            float[] positions() {
                SplittableRandom random = new SplittableRandom(2);
                float[] centres = new float[3 * CENTRES];
                for (int i = 0; i < centres.length; i++) {
                    centres[i] = (float) (5 * random.nextDouble());
                }
                float[] positions = new float[3 * POINTS];
                for (int i = 0; i < positions.length; i++) {
                    positions[i] = (float) (centres[3 * (i / 3 % CENTRES) + i % 3] + SPREAD * random.nextGaussian());
                }
                return positions;
            }
        };

        /** {@code [N, 3]}, metres; the same at every call. */
        abstract float[] positions();

        private static float jitter(SplittableRandom random) {
            return (float) ((random.nextDouble() - 0.5) * SPACING / 4);
        }
    }

    /** Class of each point, that of its sheet or centre, {@code [N]}. */
    private static int[] labels(int classes) {
        int[] labels = new int[POINTS];
        for (int i = 0; i < POINTS; i++) {
            labels[i] = i % classes;
        }
        return labels;
    }
}
