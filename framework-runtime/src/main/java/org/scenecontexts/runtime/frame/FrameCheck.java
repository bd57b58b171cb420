package org.scenecontexts.runtime.frame;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.Up;

/**
 * Compares scenes with those that a network was trained on, and says once per kind what does not fit and what to do: labels
 * for a scene in millimetres, or lying on its side, look like labels.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class FrameCheck {

    /** A scene of this many times the largest size of training, or this part of the smallest, is said. */
    private static final double FAR = 3;

    /** A scene in the right unit is within this factor of the sizes of training. */
    private static final double NEAR = 1.5;

    /** Colours that reach less than this part of what the darkest scene of training reaches have another range. */
    private static final double DARK = 0.1;

    private static final Map<Double, String> UNITS = units();

    private final TrainingFrame frame;
    private final Advice advice;
    private final Consumer<String> warn;
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);

    private enum Kind {
        SIZE,
        UP,
        COLOUR_MISSING,
        COLOUR_FLAT,
        COLOUR_RANGE,
        COLOUR_NEW,
        NORMAL_MISSING
    }

    /** How a user changes unit and orientation. */
    public enum Advice {
        /** With the options of {@code csc predict}. */
        OPTIONS("--scale %s", "--up %s"),
        /** With the keys of a data set in a pipeline. */
        KEYS("'scale: %s' in its data set", "'up: %s' in its data set, where no other is set");

        private final String scale;
        private final String up;

        Advice(String scale, String up) {
            this.scale = scale;
            this.up = up;
        }
    }

    private double block = Double.POSITIVE_INFINITY;

    /**
     * @param frame of the training
     * @param advice how a user changes what is wrong
     * @param warn told what does not fit
     */
    public FrameCheck(TrainingFrame frame, Advice advice, Consumer<String> warn) {
        this.frame = frame;
        this.advice = advice;
        this.warn = warn;
    }

    /**
     * The same for scenes that are looked at in blocks: what lies within one block of the middle is compared, so that a building
     * is not taken for a room in another unit.
     *
     * @param size edge of a block, metres
     */
    public FrameCheck ofBlocks(double size) {
        FrameCheck check = new FrameCheck(frame, advice, warn);
        check.block = size;
        return check;
    }

    private static Map<Double, String> units() {
        Map<Double, String> units = new LinkedHashMap<>();
        units.put(0.001, "millimetres");
        units.put(0.01, "centimetres");
        units.put(0.3048, "feet");
        units.put(0.0254, "inches");
        units.put(1000.0, "kilometres");
        return units;
    }

    /** Compares a scene whose z is up and whose unit is the metre, as far as anybody knows. */
    public void check(Scene scene) {
        check(scene, 1, Up.Z);
    }

    private Scene middle(Scene scene) {
        double[] middle = new double[3];
        float[] along = new float[scene.size()];
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < along.length; i++) {
                along[i] = scene.positions()[3 * i + axis];
            }
            Arrays.sort(along);
            middle[axis] = along.length == 0 ? 0 : along[along.length / 2];
        }
        return scene.select(IntStream.range(0, scene.size())
                .filter(i -> IntStream.range(0, 3)
                        .allMatch(a -> Math.abs(scene.positions()[3 * i + a] - middle[a]) <= block / 2))
                .toArray());
    }

    /**
     * Compares a scene.
     *
     * @param whole scaled, but not yet turned
     * @param scale what it was scaled by
     * @param up the axis that will be taken for up
     */
    public void check(Scene whole, double scale, Up up) {
        Scene scene = Double.isInfinite(block) ? whole : middle(whole);
        if (frame.scenes() == 0 || scene.size() == 0) {
            return;
        }
        size(scene, scale, up);
        new UpGuess(frame).better(scene.positions(), up).ifPresent(better -> up(scene, up, better));
        if (frame.inputs().stream().anyMatch(InputFeature::isColour)) {
            colours(scene);
        }
        if (frame.inputs().contains(InputFeature.NORMAL) && frame.normals() > 0 && !scene.hasNormals()) {
            say(
                    Kind.NORMAL_MISSING,
                    scene,
                    "has no normals, but the model was trained with them; its labels will be poor");
        }
    }

    private void size(Scene scene, double scale, Up up) {
        double size = SceneShape.of(scene.positions(), up).size();
        double least = frame.size().least();
        double most = frame.size().most();
        if (size <= FAR * most && size >= least / FAR) {
            return;
        }
        Optional<Double> unit = UNITS.keySet().stream()
                .filter(factor -> size * factor <= NEAR * most && size * factor >= least / NEAR)
                .findFirst();
        say(
                Kind.SIZE,
                scene,
                String.format(
                        Locale.ROOT,
                        "is %.4g m across, the scenes of training %.4g to %.4g m%s; %s",
                        size,
                        least,
                        most,
                        declared("scale", "1.0"),
                        unit.map(factor -> "it may be in " + UNITS.get(factor) + ": try "
                                        + String.format(Locale.ROOT, advice.scale, number(factor * scale)))
                                .orElse("check its unit (" + String.format(Locale.ROOT, advice.scale, "FACTOR")
                                        + "), or give it in pieces of the size that was trained on")));
    }

    private void up(Scene scene, Up used, Up better) {
        say(
                Kind.UP,
                scene,
                "does not stand like the scenes of training" + declared("up", "z") + ": its axis " + better
                        + " looks more like up than " + used + "; try "
                        + String.format(Locale.ROOT, advice.up, better));
    }

    private void colours(Scene scene) {
        if (!scene.hasColours()) {
            if (frame.coloured() > 0) {
                say(
                        Kind.COLOUR_MISSING,
                        scene,
                        "has no colours, but the model was trained with them; its labels will be poor");
            }
            return;
        }
        ColourRange range = ColourRange.of(scene.colours());
        if (frame.coloured() == 0) {
            if (!range.flat()) {
                say(
                        Kind.COLOUR_NEW,
                        scene,
                        "has colours, but no scene of training had any; leave them out of the file");
            }
        } else if (range.flat()) {
            say(
                    Kind.COLOUR_FLAT,
                    scene,
                    "has one colour (" + number(range.most())
                            + ") at all points, but the model was trained with colours;" + " its labels will be poor");
        } else if (range.most() < DARK * frame.brightest().least()) {
            say(
                    Kind.COLOUR_RANGE,
                    scene,
                    String.format(
                            Locale.ROOT,
                            "has colours of at most %.3g, those of training reach %.3g to %.3g; colours are expected"
                                    + " from 0 to 255 (or as floating-point numbers from 0 to 1): check how the file was"
                                    + " exported",
                            range.most(),
                            frame.brightest().least(),
                            frame.brightest().most()));
        }
    }

    /** What the training's data set said about its files, where that is not the usual. */
    private String declared(String key, String usual) {
        String said = frame.declared().getOrDefault(key, usual);
        return said.equals(usual) ? "" : " (whose files were read with '" + key + ": " + said + "')";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString(Math.round(value))
                : Double.toString(Math.round(value * 1e9) / 1e9);
    }

    private void say(Kind kind, Scene scene, String what) {
        boolean first;
        synchronized (told) {
            first = told.add(kind);
        }
        if (first) {
            warn.accept("'" + scene.id() + "' " + what + (advice == Advice.KEYS ? " (said once)" : ""));
        }
    }
}
