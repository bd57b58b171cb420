package org.scenecontexts.api.backbone;

import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * What the framework lends to a plugin that builds part of a network.
 *
 * @since 0.1
 */
public interface ModelContext extends BuildContext {

    /** Where tensors live. */
    TensorEngine engine();

    /** Channels of the network's input per point. */
    int inputChannels();

    /** The classes of the data set; none for unlabelled data. */
    SceneClasses classes();

    /**
     * How many points of the training data have each class, {@code [K]}, for losses that weigh classes by it. Asking reads every
     * scene once, before the first step.
     *
     * @return empty where nothing is trained, and for data without classes
     * @since 0.2
     */
    default long[] labelCounts() {
        return new long[0];
    }
}
