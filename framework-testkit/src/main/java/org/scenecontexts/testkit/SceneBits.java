package org.scenecontexts.testkit;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;

/** The numbers of scenes as bits, for comparisons. */
final class SceneBits {

    private SceneBits() {}

    static List<Long> of(Scene scene) {
        List<Long> bits = new ArrayList<>();
        bits.addAll(States.bits(scene.positions()));
        bits.addAll(States.bits(scene.colours()));
        bits.addAll(States.bits(scene.normals()));
        add(scene.labels(), bits);
        add(scene.instances(), bits);
        bits.add((long) scene.boxes().hashCode());
        bits.add((long) scene.origin().hashCode());
        scene.attributes().points().values().forEach(attribute -> add(attribute, bits));
        scene.attributes().scene().values().forEach(attribute -> add(attribute, bits));
        scene.attributes().objects().values().forEach(attribute -> add(attribute, bits));
        return bits;
    }

    private static void add(Attribute attribute, List<Long> bits) {
        bits.add((long) attribute.name().hashCode());
        switch (attribute) {
            case Attribute.Floats floats -> {
                bits.add(Double.doubleToRawLongBits(floats.offset()));
                bits.addAll(States.bits(floats.values()));
            }
            case Attribute.Ints ints -> add(ints.values(), bits);
        }
    }

    static List<Long> of(SampledPoints points) {
        List<Long> bits = new ArrayList<>(of(points.scene()));
        add(points.grid(), bits);
        add(points.source(), bits);
        add(points.inverse(), bits);
        return bits;
    }

    private static void add(int[] values, List<Long> bits) {
        for (int value : values) {
            bits.add((long) value);
        }
    }
}
