package org.scenecontexts.runtime.execute;

import java.nio.file.Path;
import java.util.Optional;
import org.scenecontexts.runtime.frame.TrainingFrame;
import org.scenecontexts.runtime.run.ModelCard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up what a model was trained on, and says where that is not known. */
final class Frames {

    private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

    private Frames() {}

    /** The frame that a model was trained in. */
    static Optional<TrainingFrame> of(Path model) {
        Optional<TrainingFrame> frame = ModelCard.frame(model);
        if (frame.isEmpty()) {
            LOG.info(
                    "{} does not say in what frame it was trained, so unit, orientation and colours cannot be compared"
                            + " with those of training",
                    model);
        }
        return frame;
    }
}
