package org.scenecontexts.api.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a scene carries beside its fixed core, by name.
 *
 * <p>What becomes of it on the way to a network: attributes of points follow their points through every choice of points
 * (crops, drop-outs, samplers); of a voxel its representative point's count, as for colours. Attributes of the scene and of
 * objects stay as they are. Transforms that turn, move or scale positions leave all of them alone: one that holds directions
 * or poses belongs to the frame of the data.
 *
 * @param points a row for each point
 * @param scene one row
 * @param objects a row for each object, in the order of {@code objectIds}
 * @param objectIds the instance id that each row of {@code objects} belongs to
 * @since 0.2
 */
public record Attributes(
        Map<String, Attribute> points, Map<String, Attribute> scene, Map<String, Attribute> objects, int[] objectIds) {

    /** A scene that has its core alone. */
    public static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of(), new int[0]);

    /** @throws IllegalArgumentException when an attribute of the scene or of objects has another number of rows */
    public Attributes {
        points = copy(points);
        scene = copy(scene);
        objects = copy(objects);
        scene.values().forEach(attribute -> rows(attribute, 1, "the scene"));
        int count = objectIds.length;
        objects.values().forEach(attribute -> rows(attribute, count, "the objects"));
    }

    private static Map<String, Attribute> copy(Map<String, Attribute> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static void rows(Attribute attribute, int expected, String whose) {
        if (attribute.rows() != expected) {
            throw new IllegalArgumentException("attribute '" + attribute.name() + "' of " + whose + " must have "
                    + expected + " rows, found " + attribute.rows());
        }
    }

    /** With an attribute of the points, in place of one of its name. */
    public Attributes withPoints(Attribute attribute) {
        return new Attributes(with(points, attribute), scene, objects, objectIds);
    }

    /** With an attribute of the scene, in place of one of its name. */
    public Attributes withScene(Attribute attribute) {
        return new Attributes(points, with(scene, attribute), objects, objectIds);
    }

    /**
     * With an attribute of the objects, in place of one of its name.
     *
     * @param ids the instance id of each row; that of the attributes that are there already
     * @throws IllegalArgumentException when there are attributes of other objects already
     */
    public Attributes withObjects(int[] ids, Attribute attribute) {
        if (!objects.isEmpty() && !java.util.Arrays.equals(ids, objectIds)) {
            throw new IllegalArgumentException("attribute '" + attribute.name()
                    + "' is of other objects than those there are; give all attributes of objects the same ids");
        }
        return new Attributes(points, scene, with(objects, attribute), ids);
    }

    private static Map<String, Attribute> with(Map<String, Attribute> map, Attribute attribute) {
        Map<String, Attribute> changed = new LinkedHashMap<>(map);
        changed.put(attribute.name(), attribute);
        return changed;
    }

    /** Some of the points, in the order given; the scene and its objects stay. */
    public Attributes select(int[] rows) {
        if (points.isEmpty()) {
            return this;
        }
        Map<String, Attribute> selected = new LinkedHashMap<>();
        points.forEach((name, attribute) -> selected.put(name, attribute.select(rows)));
        return new Attributes(selected, scene, objects, objectIds);
    }

    /** An attribute of the points, if there is one of that name. */
    public Optional<Attribute> ofPoints(String name) {
        return Optional.ofNullable(points.get(name));
    }

    /** An attribute of the scene, if there is one of that name. */
    public Optional<Attribute> ofScene(String name) {
        return Optional.ofNullable(scene.get(name));
    }

    /** An attribute of the objects, if there is one of that name. */
    public Optional<Attribute> ofObjects(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** What there is of points, for messages: {@code intensity, time}, or {@code none}. */
    public String pointNames() {
        return points.isEmpty() ? "none" : String.join(", ", points.keySet());
    }
}
