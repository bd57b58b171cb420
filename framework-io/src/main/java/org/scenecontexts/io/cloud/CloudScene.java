package org.scenecontexts.io.cloud;

import java.util.List;
import org.scenecontexts.api.data.Scene;

/**
 * A scene made of a cloud, and the way back to the rows of the cloud.
 *
 * @param scene the points whose position is finite, with the origin that was subtracted from them in double precision
 * @param kept for each point of the scene its row in the cloud, ascending
 * @param warnings what the user should know
 * @since 0.1
 */
public record CloudScene(Scene scene, int[] kept, List<String> warnings) {

    public CloudScene {
        warnings = List.copyOf(warnings);
    }
}
