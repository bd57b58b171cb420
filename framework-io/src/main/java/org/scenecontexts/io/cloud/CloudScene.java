package org.scenecontexts.io.cloud;

import java.util.List;
import org.scenecontexts.api.data.Scene;

/**
 * A scene made of a cloud, and the way back to the rows of the cloud.
 *
 * @param scene the points whose position is finite
 * @param kept for each point of the scene its row in the cloud, ascending
 * @param offset what was subtracted from the positions, metres, because they are too far from the origin for 32-bit numbers;
 *     three zeros nearly always
 * @param warnings what the user should know
 * @since 0.1
 */
public record CloudScene(Scene scene, int[] kept, List<Double> offset, List<String> warnings) {

    public CloudScene {
        offset = List.copyOf(offset);
        warnings = List.copyOf(warnings);
    }
}
