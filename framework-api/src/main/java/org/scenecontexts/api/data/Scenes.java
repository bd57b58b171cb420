package org.scenecontexts.api.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Puts scenes together, for transforms that mix them.
 *
 * @since 0.2
 */
public final class Scenes {

    private Scenes() {}

    /**
     * All points of several scenes as one, in order, as their positions are.
     *
     * <p>Colours, normals, labels, instances and attributes of points are kept where all have them (attributes with one width
     * and kind), and left out otherwise. Instances and the boxes that belong to them are numbered anew, so that no two objects
     * become one. Attributes of the scene and of objects, and the origin, are those of the first.
     *
     * @param id name of the result
     * @param scenes at least one
     */
    public static Scene stacked(String id, List<Scene> scenes) {
        Scene first = scenes.getFirst();
        if (scenes.size() == 1) {
            return first.withId(id);
        }
        List<int[]> instances = new ArrayList<>();
        List<Box> boxes = new ArrayList<>();
        int next = 0;
        for (Scene scene : scenes) {
            next = renumbered(scene, next, instances, boxes);
        }
        return new Scene(
                id,
                floats(scenes, Scene::positions),
                all(scenes, Scene::hasColours) ? floats(scenes, Scene::colours) : new float[0],
                all(scenes, Scene::hasNormals) ? floats(scenes, Scene::normals) : new float[0],
                all(scenes, Scene::hasLabels)
                        ? ints(scenes.stream().map(Scene::labels).toList())
                        : new int[0],
                all(scenes, Scene::hasInstances) ? ints(instances) : new int[0],
                boxes,
                first.origin(),
                new Attributes(
                        points(scenes),
                        first.attributes().scene(),
                        first.attributes().objects(),
                        first.attributes().objectIds()));
    }

    /** Adds a scene's instances and boxes with numbers from {@code next} on; the first scene keeps its own. */
    private static int renumbered(Scene scene, int next, List<int[]> instances, List<Box> boxes) {
        int most = -1;
        int[] own = scene.instances().clone();
        for (int i = 0; i < own.length; i++) {
            most = Math.max(most, own[i]);
            own[i] = own[i] < 0 ? own[i] : own[i] + next;
        }
        instances.add(own);
        for (Box box : scene.boxes()) {
            most = Math.max(most, box.instance());
            boxes.add(new Box(
                    box.centreX(),
                    box.centreY(),
                    box.centreZ(),
                    box.sizeX(),
                    box.sizeY(),
                    box.sizeZ(),
                    box.heading(),
                    box.label(),
                    box.instance() < 0 ? box.instance() : box.instance() + next));
        }
        return next + most + 1;
    }

    private static boolean all(List<Scene> scenes, Predicate<Scene> has) {
        return scenes.stream().allMatch(has);
    }

    private static Map<String, Attribute> points(List<Scene> scenes) {
        Map<String, Attribute> stacked = new LinkedHashMap<>();
        for (Attribute attribute : scenes.getFirst().attributes().points().values()) {
            List<Attribute> parts = scenes.stream()
                    .flatMap(scene -> scene.attributes().ofPoints(attribute.name()).stream())
                    .filter(part -> part.width() == attribute.width() && part.getClass() == attribute.getClass())
                    .toList();
            if (parts.size() == scenes.size()) {
                stacked.put(attribute.name(), stacked(attribute, parts));
            }
        }
        return stacked;
    }

    private static Attribute stacked(Attribute like, List<Attribute> parts) {
        return switch (like) {
            case Attribute.Ints whole ->
                new Attribute.Ints(
                        whole.name(),
                        whole.width(),
                        ints(parts.stream()
                                .map(part -> ((Attribute.Ints) part).values())
                                .toList()));
            case Attribute.Floats first -> {
                float[] values = new float
                        [parts.stream().mapToInt(part -> part.floats().length).sum()];
                int at = 0;
                for (Attribute part : parts) {
                    Attribute.Floats own = (Attribute.Floats) part;
                    for (float value : own.values()) {
                        values[at++] = (float) (value + (own.offset() - first.offset()));
                    }
                }
                yield new Attribute.Floats(first.name(), first.width(), values, first.offset());
            }
        };
    }

    private static float[] floats(List<Scene> scenes, Function<Scene, float[]> part) {
        float[] all = new float
                [scenes.stream().mapToInt(scene -> part.apply(scene).length).sum()];
        int at = 0;
        for (Scene scene : scenes) {
            float[] own = part.apply(scene);
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    private static int[] ints(List<int[]> parts) {
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }
}
