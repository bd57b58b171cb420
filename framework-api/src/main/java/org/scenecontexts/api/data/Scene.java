package org.scenecontexts.api.data;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One scanned place: points with what is known about them, before any sampling for a network.
 *
 * <p>Positions are in metres, z up, relative to {@code origin}, which is zero unless the place lies so far away that 32-bit
 * positions would be coarse. Networks work with positions; what is written for people lies at origin + position. Arrays are
 * row-major and are not copied: treat a scene as immutable once it has been handed on. An attribute that a scene does not have is an empty array, never {@code null}.
 *
 * @param id name of the scene, unique in its data set; used for file names
 * @param positions xyz, {@code [N, 3]}, metres, relative to the origin
 * @param colours rgb, {@code [N, 3]}, 0 to 255; empty when the scene has none
 * @param normals unit normals, {@code [N, 3]}; empty when the scene has none
 * @param labels class of each point, {@code [N]}, {@code 0 .. K-1}, {@link Labels#IGNORE} or {@link
 *     Labels#UNSEEN}; empty when unlabelled
 * @param instances object of each point, {@code [N]}, or {@link Labels#NO_INSTANCE}; empty when unknown
 * @param boxes the objects' boxes, relative to the origin; empty when unknown
 * @param origin where the zero of positions and boxes lies in the frame of the data; transforms that move points for a network
 *     leave it alone
 * @param attributes what else is known of points, scene and objects, by name
 * @since 0.1
 */
public record Scene(
        String id,
        float[] positions,
        float[] colours,
        float[] normals,
        int[] labels,
        int[] instances,
        List<Box> boxes,
        Origin origin,
        Attributes attributes) {

    private static final float[] NO_FLOATS = {};
    private static final int[] NO_INTS = {};

    /** @throws IllegalArgumentException when an attribute has another number of points than {@code positions} */
    public Scene {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        boxes = List.copyOf(boxes);
        if (positions.length % 3 != 0) {
            throw new IllegalArgumentException("scene '" + id + "': positions must hold 3 numbers per point, found "
                    + positions.length + " numbers");
        }
        int n = positions.length / 3;
        check(id, "colours", colours.length, 3 * n);
        check(id, "normals", normals.length, 3 * n);
        check(id, "labels", labels.length, n);
        check(id, "instances", instances.length, n);
        for (Attribute attribute : attributes.points().values()) {
            if (attribute.rows() != n) {
                throw new IllegalArgumentException("scene '" + id + "': the attribute '" + attribute.name()
                        + "' of the points must have " + n + " rows to match the positions, found "
                        + attribute.rows());
            }
        }
    }

    /** A scene that has its core alone. */
    public Scene(
            String id,
            float[] positions,
            float[] colours,
            float[] normals,
            int[] labels,
            int[] instances,
            List<Box> boxes,
            Origin origin) {
        this(id, positions, colours, normals, labels, instances, boxes, origin, Attributes.NONE);
    }

    /** A scene whose origin is zero. */
    public Scene(
            String id,
            float[] positions,
            float[] colours,
            float[] normals,
            int[] labels,
            int[] instances,
            List<Box> boxes) {
        this(id, positions, colours, normals, labels, instances, boxes, Origin.ZERO);
    }

    private static void check(String id, String what, int found, int expected) {
        if (found != 0 && found != expected) {
            throw new IllegalArgumentException("scene '" + id + "': " + what + " must hold " + expected
                    + " numbers to match the positions, or none; found " + found);
        }
    }

    /** A scene of bare positions. */
    public static Scene ofPositions(String id, float[] positions) {
        return new Scene(id, positions, NO_FLOATS, NO_FLOATS, NO_INTS, NO_INTS, List.of());
    }

    /** Number of points, N. */
    public int size() {
        return positions.length / 3;
    }

    public boolean hasColours() {
        return colours.length > 0 || positions.length == 0;
    }

    public boolean hasNormals() {
        return normals.length > 0 || positions.length == 0;
    }

    public boolean hasLabels() {
        return labels.length > 0 || positions.length == 0;
    }

    public boolean hasInstances() {
        return instances.length > 0 || positions.length == 0;
    }

    public Scene withId(String newId) {
        return new Scene(newId, positions, colours, normals, labels, instances, boxes, origin, attributes);
    }

    public Scene withPositions(float[] newPositions) {
        return new Scene(id, newPositions, colours, normals, labels, instances, boxes, origin, attributes);
    }

    public Scene withColours(float[] newColours) {
        return new Scene(id, positions, newColours, normals, labels, instances, boxes, origin, attributes);
    }

    public Scene withNormals(float[] newNormals) {
        return new Scene(id, positions, colours, newNormals, labels, instances, boxes, origin, attributes);
    }

    public Scene withLabels(int[] newLabels) {
        return new Scene(id, positions, colours, normals, newLabels, instances, boxes, origin, attributes);
    }

    public Scene withInstances(int[] newInstances) {
        return new Scene(id, positions, colours, normals, labels, newInstances, boxes, origin, attributes);
    }

    public Scene withBoxes(List<Box> newBoxes) {
        return new Scene(id, positions, colours, normals, labels, instances, newBoxes, origin, attributes);
    }

    /** The same positions seen from another zero. */
    public Scene withOrigin(Origin newOrigin) {
        return new Scene(id, positions, colours, normals, labels, instances, boxes, newOrigin, attributes);
    }

    /** With other attributes beside the core. */
    public Scene withAttributes(Attributes newAttributes) {
        return new Scene(id, positions, colours, normals, labels, instances, boxes, origin, newAttributes);
    }

    /** With an attribute of the points, in place of one of its name. */
    public Scene withPoints(Attribute attribute) {
        return withAttributes(attributes.withPoints(attribute));
    }

    /** With an attribute of the scene, in place of one of its name. */
    public Scene withScene(Attribute attribute) {
        return withAttributes(attributes.withScene(attribute));
    }

    /**
     * An attribute of the points.
     *
     * @throws CloudException when there is none of that name; the message names those that exist
     */
    public Attribute ofPoints(String name) {
        return attributes
                .ofPoints(name)
                .orElseThrow(
                        () -> missing(name, "of its points", attributes.points().keySet()));
    }

    /**
     * An attribute of the scene.
     *
     * @throws CloudException when there is none of that name; the message names those that exist
     */
    public Attribute ofScene(String name) {
        return attributes
                .ofScene(name)
                .orElseThrow(
                        () -> missing(name, "of its own", attributes.scene().keySet()));
    }

    private CloudException missing(String name, String whose, Set<String> there) {
        return new CloudException("scene '" + id + "' has no attribute '" + name + "' " + whose + "; "
                + (there.isEmpty() ? "it has none" : "it has " + String.join(", ", there))
                + ": name one of these, or read more fields of the files (such as 'attributes' of point-clouds)");
    }

    /**
     * The scene reduced to some of its points, in the order given.
     *
     * @param points indices of the points to keep, each in {@code 0 .. N-1}
     */
    public Scene select(int[] points) {
        return new Scene(
                id,
                rows3(positions, points),
                rows3(colours, points),
                rows3(normals, points),
                rows1(labels, points),
                rows1(instances, points),
                boxes,
                origin,
                attributes.select(points));
    }

    private static float[] rows3(float[] from, int[] rows) {
        if (from.length == 0) {
            return from;
        }
        float[] to = new float[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, 3 * rows[i], to, 3 * i, 3);
        }
        return to;
    }

    private static int[] rows1(int[] from, int[] rows) {
        if (from.length == 0) {
            return from;
        }
        int[] to = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            to[i] = from[rows[i]];
        }
        return to;
    }
}
