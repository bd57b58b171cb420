package org.scenecontexts.runtime.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.cloud.Up;
import org.scenecontexts.runtime.log.Json;

/**
 * The frame of the scenes that a network was trained on: unit, orientation, inputs and their range. Stored in checkpoints,
 * so that a cloud of another frame is noticed before its labels are believed.
 *
 * <p>Immutable. Measured on the scenes as the data set gave them (metres, z up, before augmentation), each at its first use.
 *
 * @param scenes scenes measured
 * @param declared what the data set's configuration says about unit and orientation of its files, by key ({@code up},
 *     {@code scale}); empty where it has no such keys
 * @param inputs what the network is given per point
 * @param size longest side, metres
 * @param profile figures of {@link SceneShape#profile}
 * @param middle figure of {@link SceneShape#middle}
 * @param brightest largest colour value of each coloured scene, 0 to 255
 * @param coloured scenes with colours that differ from point to point
 * @param normals scenes with normals
 * @since 0.1
 */
public record TrainingFrame(
        long scenes,
        Map<String, String> declared,
        List<InputFeature> inputs,
        SceneSpread size,
        List<SceneSpread> profile,
        SceneSpread middle,
        SceneSpread brightest,
        long coloured,
        long normals) {

    /** Under this name in the metadata of checkpoints. */
    public static final String METADATA_KEY = "csc.frame";

    public TrainingFrame {
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
        inputs = List.copyOf(inputs);
        profile = List.copyOf(profile);
    }

    /** Before any scene. */
    public static TrainingFrame begin(Map<String, String> declared, List<InputFeature> inputs) {
        return new TrainingFrame(
                0,
                declared,
                inputs,
                SceneSpread.NONE,
                Collections.nCopies(SceneShape.FIGURES, SceneSpread.NONE),
                SceneSpread.NONE,
                SceneSpread.NONE,
                0,
                0);
    }

    /** With one more scene; a scene without points tells nothing. */
    public TrainingFrame plus(Scene scene) {
        if (scene.size() == 0) {
            return this;
        }
        SceneShape shape = SceneShape.of(scene.positions(), Up.Z);
        List<SceneSpread> newProfile = new ArrayList<>();
        for (int i = 0; i < profile.size(); i++) {
            newProfile.add(profile.get(i).plus(shape.profile().get(i)));
        }
        Optional<ColourRange> colours =
                scene.hasColours() ? Optional.of(ColourRange.of(scene.colours())) : Optional.empty();
        return new TrainingFrame(
                scenes + 1,
                declared,
                inputs,
                size.plus(shape.size()),
                newProfile,
                middle.plus(shape.middle()),
                colours.map(range -> brightest.plus(range.most())).orElse(brightest),
                coloured + (colours.filter(range -> !range.flat()).isPresent() ? 1 : 0),
                normals + (scene.hasNormals() ? 1 : 0));
    }

    /** The text for a checkpoint; {@link #parse} gives the same frame to the last bit. */
    public String text() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("scenes", scenes);
        values.put("declared", declared);
        values.put("inputs", inputs.stream().map(TrainingFrame::stored).toList());
        values.put("size", size.written());
        values.put("profile", profile.stream().map(SceneSpread::written).toList());
        values.put("middle", middle.written());
        values.put("brightest", brightest.written());
        values.put("coloured", coloured);
        values.put("normals", normals);
        return Json.line(values);
    }

    /** The frame of a checkpoint; nothing where the text is none, or one of another version of this program. */
    public static Optional<TrainingFrame> parse(String text) {
        return Json.parse(text).flatMap(TrainingFrame::read);
    }

    private static Optional<TrainingFrame> read(Map<String, Object> values) {
        Optional<SceneSpread> size = SceneSpread.read(values.get("size"));
        Optional<SceneSpread> middle = SceneSpread.read(values.get("middle"));
        Optional<SceneSpread> brightest = SceneSpread.read(values.get("brightest"));
        List<SceneSpread> profile = list(values.get("profile"))
                .flatMap(item -> SceneSpread.read(item).stream())
                .toList();
        if (size.isEmpty()
                || middle.isEmpty()
                || brightest.isEmpty()
                || profile.size() != SceneShape.FIGURES
                || !(values.get("scenes") instanceof Number scenes)
                || !(values.get("coloured") instanceof Number coloured)
                || !(values.get("normals") instanceof Number normals)
                || !(values.get("declared") instanceof Map<?, ?> written)) {
            return Optional.empty();
        }
        Map<String, String> declared = new LinkedHashMap<>();
        written.forEach((key, value) -> declared.put(String.valueOf(key), String.valueOf(value)));
        // In the order of the text: a resumed training writes the same text again.
        List<InputFeature> inputs = list(values.get("inputs"))
                .map(name -> InputFeature.parse(Stream.of(InputFeature.Core.values())
                        .filter(core -> core.name().equals(name))
                        .map(InputFeature::word)
                        .findFirst()
                        .orElse(String.valueOf(name))))
                .toList();
        return Optional.of(new TrainingFrame(
                scenes.longValue(),
                declared,
                inputs,
                size.get(),
                profile,
                middle.get(),
                brightest.get(),
                coloured.longValue(),
                normals.longValue()));
    }

    /** The core in capitals, as checkpoints have had it from the beginning. */
    private static String stored(InputFeature input) {
        return input instanceof InputFeature.Core core ? core.name() : input.word();
    }

    private static Stream<?> list(Object value) {
        return value instanceof List<?> items ? items.stream() : Stream.empty();
    }
}
