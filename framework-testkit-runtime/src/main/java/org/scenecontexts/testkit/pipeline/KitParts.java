package org.scenecontexts.testkit.pipeline;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * The parts of a smallest pipeline, so that a test of one part needs no other plugin: data {@code kit-rooms}, backbone {@code
 * kit-mlp}, task {@code kit-labels}, benchmark {@code kit-accuracy}.
 *
 * @since 0.2
 */
public final class KitParts {

    /** A training of twelve steps on three rooms, measured at its end; {@code learn} and {@code measure} are its stages. */
    public static final String PIPELINE = """
            name: kit
            seed: 5
            stages:
              - id: learn
                train:
                  data: kit-rooms
                  backbone: kit-mlp
                  task: kit-labels
                  optimizer: {type: sgd, lr: 0.2}
                  iterations: 12
                  batch: 2
                  checkpoint-every: 5
                  validation: {data: {type: kit-rooms, first: 7, rooms: 2}, benchmark: kit-accuracy, every: 6}
              - id: measure
                evaluate: {model: "${learn}", data: {type: kit-rooms, first: 9}, benchmark: kit-accuracy}
            """;

    private KitParts() {}

    /** All of them. */
    public static List<ExtensionPoint> all() {
        return List.of(new KitRooms(), new KitMlp(), new KitLabels(), new KitAccuracy());
    }
}
