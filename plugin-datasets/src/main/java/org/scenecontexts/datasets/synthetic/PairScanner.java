package org.scenecontexts.datasets.synthetic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.datasets.Seeds;

/**
 * Takes two pictures of one room that show partly the same, for contrastive pre-training.
 *
 * <p>Both views are in the frame of the room. The second camera starts near the first one's pose and comes nearer to it
 * until enough of each view is in the other.
 *
 * @since 0.1
 */
public final class PairScanner {

    /** Edge of the cells in which both views must have points, metres. */
    private static final double CELL = 0.075;

    private static final int TRIES = 12;

    private PairScanner() {}

    /**
     * @param id of the pair; the views are called after it
     * @param overlap smallest part of each view that must be seen by the other, 0 to 1
     * @return two views
     */
    public static List<Scene> scan(Room room, String id, ScanSettings settings, double overlap, long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 1));
        CameraPose first = RoomGenerator.poses(room, 1, Seeds.mix(seed, 2)).getFirst();
        Scene a = RoomScanner.scan(room, id + "-a", List.of(first), settings, Seeds.mix(seed, 3));
        Scene best = a;
        double bestOverlap = -1;
        for (int i = 0; i < TRIES; i++) {
            double reach = 1.6 * (TRIES - i) / TRIES;
            CameraPose second = moved(room, first, reach, random);
            Scene b = RoomScanner.scan(room, id + "-b", List.of(second), settings, Seeds.mix(seed, 4, i));
            double found = Math.min(overlap(a, b), overlap(b, a));
            if (found > bestOverlap) {
                best = b;
                bestOverlap = found;
            }
            if (found >= overlap) {
                break;
            }
        }
        return List.of(a, best);
    }

    private static CameraPose moved(Room room, CameraPose from, double reach, SplittableRandom random) {
        Dice chance = new Dice(random);
        for (int i = 0; i < 30; i++) {
            CameraPose to = new CameraPose(
                    from.x() + chance.about(reach),
                    from.y() + chance.about(reach),
                    from.z() + chance.about(reach * 0.3),
                    from.targetX() + chance.about(reach * 0.4),
                    from.targetY() + chance.about(reach * 0.4),
                    from.targetZ() + chance.about(reach * 0.2));
            if (room.isFree(to.x(), to.y(), to.z(), 0.15)
                    && Math.hypot(to.x() - to.targetX(), to.y() - to.targetY()) > 0.5) {
                return to;
            }
        }
        return from;
    }

    /** The part of one view's points near which the other has a point: within a cell of 7.5 cm. */
    static double overlap(Scene of, Scene in) {
        Set<Long> cells = new HashSet<>();
        float[] p = in.positions();
        for (int i = 0; i < p.length; i += 3) {
            cells.add(cell(p[i], p[i + 1], p[i + 2]));
        }
        float[] q = of.positions();
        int shared = 0;
        for (int i = 0; i < q.length; i += 3) {
            shared += cells.contains(cell(q[i], q[i + 1], q[i + 2])) ? 1 : 0;
        }
        return of.size() == 0 ? 0 : (double) shared / of.size();
    }

    private static long cell(float x, float y, float z) {
        long i = (long) Math.floor(x / CELL) & 0x1FFFFF;
        long j = (long) Math.floor(y / CELL) & 0x1FFFFF;
        long k = (long) Math.floor(z / CELL) & 0x1FFFFF;
        return i << 42 | j << 21 | k;
    }
}
