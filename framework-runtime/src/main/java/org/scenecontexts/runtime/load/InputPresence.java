package org.scenecontexts.runtime.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Scene;

/**
 * Notices scenes that lack what the network is told about each point: the zeros that stand in would otherwise be taken for
 * black, or for no direction, without a word.
 *
 * <p>Each such scene is told once. Where no scene at all has an input, nothing good can come of it: that is an error. Safe
 * for use by several threads.
 *
 * @since 0.1
 */
public final class InputPresence {

    /** What the inputs are wanted for. */
    public enum Use {
        /** To learn from them. */
        TRAINING,
        /** To measure a model. */
        MEASURING,
        /** To apply a model to whatever there is: never an error. */
        PREDICTING
    }

    private static final InputPresence UNCHECKED = new InputPresence(null, List.of(), Use.PREDICTING, message -> {});

    private final Dataset data;
    private final List<InputFeature> inputs;
    private final Use use;
    private final Consumer<String> warn;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<InputFeature> somewhere = new HashSet<>();

    /**
     * @param data all scenes
     * @param inputs what the network is told
     * @param warn told about scenes without
     */
    public InputPresence(Dataset data, List<InputFeature> inputs, Use use, Consumer<String> warn) {
        this.data = data;
        this.inputs = List.copyOf(inputs);
        this.use = use;
        this.warn = warn;
    }

    /** Checks nothing. */
    public static InputPresence unchecked() {
        return UNCHECKED;
    }

    /**
     * Looks at a scene as the network will see it.
     *
     * @throws CloudException when no scene of the data has an input
     */
    void check(Scene scene) {
        for (InputFeature input : inputs) {
            if (input instanceof InputFeature.OfPoints attribute) {
                // Nothing could stand in for it: what it means is not known here.
                scene.ofPoints(attribute.name());
            } else if (!has(scene, input) && told.add(scene.id() + " " + input)) {
                if (use != Use.PREDICTING) {
                    requireSomewhere(input);
                }
                warn.accept(scene.id() + ": has no " + plural(input)
                        + (use == Use.TRAINING
                                ? ", but 'inputs' names them; the network is told zeros in their place"
                                : ", but the model was trained with them; its labels will be poor"));
            }
        }
    }

    private void requireSomewhere(InputFeature input) {
        synchronized (somewhere) {
            if (somewhere.contains(input)) {
                return;
            }
            for (int i = 0; i < data.size(); i++) {
                if (data.load(i).views().stream().anyMatch(scene -> has(scene, input))) {
                    somewhere.add(input);
                    return;
                }
            }
        }
        String names = inputs.stream().map(InputPresence::word).collect(Collectors.joining(", "));
        String origin = data.origin();
        throw new CloudException(
                "none of the " + data.size() + " scenes has " + plural(input) + ", but the network is told ["
                        + names + "]" + (origin.isEmpty() ? "" : " (" + origin + ")")
                        + (use == Use.TRAINING
                                ? "; take '" + word(input) + "' out of 'inputs', or use data that has " + plural(input)
                                : "; use data that has " + plural(input) + ", or a model that was trained without"));
    }

    private static boolean has(Scene scene, InputFeature input) {
        return switch (input) {
            case InputFeature.OfPoints attribute ->
                scene.attributes().ofPoints(attribute.name()).isPresent();
            case InputFeature.Colours colours -> scene.hasColours();
            case InputFeature.Core core ->
                switch (core) {
                    case COLOUR -> scene.hasColours();
                    case NORMAL -> scene.hasNormals();
                    case HEIGHT, ONES, POSITION -> true;
                };
        };
    }

    private static String word(InputFeature input) {
        return input.word();
    }

    private static String plural(InputFeature input) {
        return input.isColour() ? "colours" : word(input) + "s";
    }
}
