package org.scenecontexts.datasets.raw;

import java.nio.file.Path;
import java.util.List;

/**
 * One scene of a raw data set, as a piece of work that can be done on its own.
 *
 * @param name unique in the data set; names its record in the target folder
 * @param sources the files that it is made of; when one of them changes, the scene is made again
 * @param maker writes its prepared files
 * @since 0.2
 */
public record RawScene(String name, List<Path> sources, Maker maker) {

    /** Makes the prepared files of a scene. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Reads the sources and writes all files of the scene.
         *
         * @throws org.scenecontexts.api.data.CloudException when a source is damaged; nothing may have been written then
         */
        void make(SceneOutput to);
    }

    public RawScene {
        sources = List.copyOf(sources);
    }
}
