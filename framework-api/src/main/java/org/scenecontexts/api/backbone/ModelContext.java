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
}
