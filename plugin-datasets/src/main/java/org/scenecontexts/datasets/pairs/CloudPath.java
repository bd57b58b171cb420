package org.scenecontexts.datasets.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;

/**
 * Finds the clouds that an overlap list names, whoever wrote it: relative to the data folder, absolute, from the working
 * directory of the preparation (so that the data folder's own name comes twice), or from another machine (REFERENCE 3.4).
 */
final class CloudPath {

    /** {@code <scene>/pcd/<frame>.npz}. */
    private static final int OWN_NAMES = 3;

    private CloudPath() {}

    /**
     * Finds one cloud.
     *
     * @param root the data folder, absolute
     * @param written the path as the list has it
     * @throws CloudException when it is nowhere; the message names all places
     */
    static Path find(Path root, String written) {
        Path path = Path.of(written);
        List<Path> places = Stream.of(
                        Optional.of(root.resolve(path)),
                        Optional.ofNullable(root.getParent()).map(parent -> parent.resolve(path)),
                        overlapping(root, path),
                        path.getNameCount() > OWN_NAMES
                                ? Optional.of(root.resolve(
                                        path.subpath(path.getNameCount() - OWN_NAMES, path.getNameCount())))
                                : Optional.<Path>empty())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new CloudException("the list names '" + written + "', which is at none of " + places
                        + "; 'path' must be the folder that holds the folders of the scenes"));
    }

    /** {@code a/b/scene/...} below {@code /x/a/b}: the end of the root is the start of the path. */
    private static Optional<Path> overlapping(Path root, Path path) {
        for (int names = Math.min(root.getNameCount(), path.getNameCount() - 1); names > 0; names--) {
            if (!path.isAbsolute() && root.endsWith(path.subpath(0, names))) {
                return Optional.of(root.resolve(path.subpath(names, path.getNameCount())));
            }
        }
        return Optional.empty();
    }
}
