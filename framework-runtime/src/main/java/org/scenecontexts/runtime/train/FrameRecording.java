package org.scenecontexts.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.runtime.config.ConfigTree;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.frame.TrainingFrame;

/**
 * Measures the frame of the data while it is trained on: every example once, when it comes first. It takes what the network
 * took, not what loaders read ahead, so that it depends on the iteration only.
 */
final class FrameRecording {

    private static final List<String> KEYS = List.of("up", "scale");

    private final long examples;
    private TrainingFrame frame;
    private long taken;

    /**
     * @param data configuration of the data set
     * @param inputs what the network is given per point
     * @param examples number of examples of the data set
     */
    FrameRecording(Record data, List<InputFeature> inputs, long examples) {
        this.examples = examples;
        frame = TrainingFrame.begin(declared(data), inputs);
    }

    private static Map<String, String> declared(Record data) {
        Map<String, String> declared = new LinkedHashMap<>();
        collect(new ConfigTree(Map.of()).of(data), declared);
        return declared;
    }

    /** The keys may belong to a data set inside another, as that of a limited one. */
    private static void collect(Node node, Map<String, String> declared) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (entry.value() instanceof Node.Scalar scalar) {
                    if (KEYS.contains(entry.key())) {
                        declared.putIfAbsent(entry.key(), scalar.text());
                    }
                } else {
                    collect(entry.value(), declared);
                }
            }
        }
    }

    /** What was measured so far. */
    TrainingFrame frame() {
        return frame;
    }

    /** Goes on where an interrupted training was. */
    void resume(TrainingFrame measured, long examplesTaken) {
        frame = measured;
        taken = examplesTaken;
    }

    /** Measures the examples of a batch that come for the first time. */
    void take(Batch batch) {
        for (Sample sample : batch.samples()) {
            if (taken >= examples) {
                return;
            }
            taken++;
            for (Scene scene : sample.example().views()) {
                frame = frame.plus(scene);
            }
        }
    }
}
