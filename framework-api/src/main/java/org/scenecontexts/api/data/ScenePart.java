package org.scenecontexts.api.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * A part of a scene that not every data set has, so that tasks and benchmarks can say what they need before anything runs.
 *
 * @param kind what it is
 * @param name of an attribute; empty for the other kinds
 * @since 0.2
 */
public record ScenePart(Kind kind, String name) {

    /** Classes of points. */
    public static final ScenePart LABELS = new ScenePart(Kind.LABELS, "");
    /** Objects of points. */
    public static final ScenePart INSTANCES = new ScenePart(Kind.INSTANCES, "");
    /** Boxes around objects. */
    public static final ScenePart BOXES = new ScenePart(Kind.BOXES, "");
    /** Colours of points. */
    public static final ScenePart COLOURS = new ScenePart(Kind.COLOURS, "");
    /** Normals of points. */
    public static final ScenePart NORMALS = new ScenePart(Kind.NORMALS, "");

    /** The kinds of parts. */
    public enum Kind {
        /** Classes of points. */
        LABELS,
        /** Objects of points. */
        INSTANCES,
        /** Boxes around objects. */
        BOXES,
        /** Colours of points. */
        COLOURS,
        /** Normals of points. */
        NORMALS,
        /** A named attribute of the points. */
        POINT_ATTRIBUTE,
        /** A named attribute of the scene. */
        SCENE_ATTRIBUTE,
        /** A named attribute of the objects. */
        OBJECT_ATTRIBUTE
    }

    public ScenePart {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** A named attribute of the points. */
    public static ScenePart ofPoints(String name) {
        return new ScenePart(Kind.POINT_ATTRIBUTE, name);
    }

    /** A named attribute of the scene. */
    public static ScenePart ofScene(String name) {
        return new ScenePart(Kind.SCENE_ATTRIBUTE, name);
    }

    /** A named attribute of the objects. */
    public static ScenePart ofObjects(String name) {
        return new ScenePart(Kind.OBJECT_ATTRIBUTE, name);
    }

    /** Whether it is an attribute, as opposed to a part of the core. */
    public boolean isAttribute() {
        return kind.compareTo(Kind.POINT_ATTRIBUTE) >= 0;
    }

    /**
     * Whether a scene has it: labels are there when a point has a class, instances when they are known, be it that no point
     * belongs to one. Of boxes there is at least one; a scene without may be one without objects.
     */
    public boolean isIn(Scene scene) {
        return switch (kind) {
            case LABELS -> Arrays.stream(scene.labels()).anyMatch(label -> label >= 0);
            case INSTANCES -> scene.hasInstances();
            case BOXES -> !scene.boxes().isEmpty();
            case COLOURS -> scene.hasColours();
            case NORMALS -> scene.hasNormals();
            case POINT_ATTRIBUTE -> scene.attributes().ofPoints(name).isPresent();
            case SCENE_ATTRIBUTE -> scene.attributes().ofScene(name).isPresent();
            case OBJECT_ATTRIBUTE -> scene.attributes().ofObjects(name).isPresent();
        };
    }

    /** Such as {@code labels}. */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name.isEmpty() ? word : word + " '" + name + "'";
    }
}
