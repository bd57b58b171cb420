package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.runtime.pipeline.Tta;

/**
 * One way of looking at a scene, and the way back for what was said about it: mirrored, then scaled, then turned about the
 * vertical axis through a given place.
 *
 * @param mirrorX -1 where x is mirrored, else 1
 * @param mirrorY -1 where y is mirrored, else 1
 * @param scale factor on the size
 * @param turn radians, counter-clockwise
 */
record SceneView(int mirrorX, int mirrorY, double scale, double turn) {

    /** The scene as it is. */
    static final SceneView PLAIN = new SceneView(1, 1, 1, 0);

    /** All views; the scene as it is comes first where it is one of them. */
    static List<SceneView> all(Optional<Tta> tta) {
        if (tta.isEmpty()) {
            return List.of(PLAIN);
        }
        int[][] mirrors = tta.get().flips() ? new int[][] {{1, 1}, {-1, 1}, {1, -1}} : new int[][] {{1, 1}};
        List<SceneView> views = new ArrayList<>();
        for (int[] mirror : mirrors) {
            for (double scale : tta.get().scales()) {
                for (double turn : tta.get().turns()) {
                    SceneView view = new SceneView(mirror[0], mirror[1], scale, Math.toRadians(turn));
                    if (!views.contains(view)) {
                        views.add(view.isPlain() ? 0 : views.size(), view);
                    }
                }
            }
        }
        return List.copyOf(views);
    }

    boolean isPlain() {
        return equals(PLAIN);
    }

    /** The scene as this view shows it. */
    Scene seen(Scene scene, double aroundX, double aroundY) {
        if (isPlain()) {
            return scene;
        }
        float[] positions = scene.positions().clone();
        for (int i = 0; i < positions.length; i += 3) {
            double[] v = {
                positions[i] - aroundX, positions[i + 1] - aroundY, positions[i + 2],
            };
            there(v, scale);
            positions[i] = (float) (aroundX + v[0]);
            positions[i + 1] = (float) (aroundY + v[1]);
            positions[i + 2] = (float) v[2];
        }
        float[] normals = scene.normals().clone();
        for (int i = 0; i < normals.length; i += 3) {
            double[] v = {normals[i], normals[i + 1], normals[i + 2]};
            there(v, 1);
            for (int axis = 0; axis < 3; axis++) {
                normals[i + axis] = (float) v[axis];
            }
        }
        return scene.withPositions(positions).withNormals(normals).withBoxes(List.of());
    }

    private void there(double[] v, double factor) {
        double x = mirrorX * v[0] * factor;
        double y = mirrorY * v[1] * factor;
        v[0] = Math.cos(turn) * x - Math.sin(turn) * y;
        v[1] = Math.sin(turn) * x + Math.cos(turn) * y;
        v[2] *= factor;
    }

    private void back(double[] v) {
        double x = Math.cos(turn) * v[0] + Math.sin(turn) * v[1];
        double y = -Math.sin(turn) * v[0] + Math.cos(turn) * v[1];
        v[0] = mirrorX * x / scale;
        v[1] = mirrorY * y / scale;
        v[2] /= scale;
    }

    /** Turns the vectors among the numbers of rows back, in place. */
    void vectorsBack(float[] values, int width, List<Integer> vectors) {
        if (isPlain()) {
            return;
        }
        for (int first : vectors) {
            for (int at = first; at < values.length; at += width) {
                double[] v = {values[at], values[at + 1], values[at + 2]};
                back(v);
                for (int axis = 0; axis < 3; axis++) {
                    values[at + axis] = (float) v[axis];
                }
            }
        }
    }

    /** A box where it is in the scene as it is. */
    Box back(Box box, double aroundX, double aroundY) {
        if (isPlain()) {
            return box;
        }
        double[] v = {box.centreX() - aroundX, box.centreY() - aroundY, box.centreZ()};
        back(v);
        // A single mirror turns the other way round; a box is the same after half a turn.
        double heading = (box.heading() - turn) * mirrorX * mirrorY;
        return new Box(
                aroundX + v[0],
                aroundY + v[1],
                v[2],
                box.sizeX() / scale,
                box.sizeY() / scale,
                box.sizeZ() / scale,
                Math.IEEEremainder(heading, 2 * Math.PI),
                box.label(),
                box.instance());
    }
}
