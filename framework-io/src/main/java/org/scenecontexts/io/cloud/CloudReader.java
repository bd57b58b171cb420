package org.scenecontexts.io.cloud;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Extension point: a file format of point clouds, which {@code point-clouds}, {@code csc predict} and whoever else reads clouds
 * then knows. Found like any other extension; a format that the program knows itself cannot be taken over.
 *
 * <p>Give every field of every point, under the name that users know ({@code x}, {@code y}, {@code z}, {@code red},
 * {@code intensity}, ...), in a type that loses nothing: positions of 64 bits keep survey coordinates exact, because a scene
 * has its origin in double precision.
 *
 * @since 0.2
 */
public interface CloudReader extends ExtensionPoint {

    /** Name of the format for messages, such as {@code KITTI scan}. */
    String name();

    /** One line for listings. */
    String summary();

    /** Extensions of its files, in lower case, without the dot. */
    List<String> extensions();

    /**
     * Whether a file that starts like this is certainly of this format; then its extension does not matter.
     *
     * @param start the first bytes, up to 512
     */
    default boolean recognises(byte[] start) {
        return false;
    }

    /**
     * Reads a cloud.
     *
     * @throws IOException when the file cannot be read
     * @throws org.scenecontexts.api.data.CloudException when it is damaged; the message names file, place and remedy
     */
    PointCloud read(Path file) throws IOException;
}
