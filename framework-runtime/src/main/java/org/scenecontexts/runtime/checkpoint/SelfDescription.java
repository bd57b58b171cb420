package org.scenecontexts.runtime.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.torch.WeightFiles;

/**
 * Tells files that say what network they belong to from those that hold weights and nothing else, before anything is built
 * of them.
 *
 * @since 0.1
 */
public final class SelfDescription {

    /** Key of the network's configuration in the metadata of a file, whatever its format. */
    public static final String MODEL = "csc.model";

    private SelfDescription() {}

    /** Whether a file is there, can be read, and describes its network. */
    public static boolean isIn(Path file) {
        return metadata(file).map(about -> about.containsKey(MODEL)).orElse(false);
    }

    /** Whether a file is there and can be read, but does not describe its network. */
    public static boolean isMissingFrom(Path file) {
        return metadata(file).map(about -> !about.containsKey(MODEL)).orElse(false);
    }

    /** What is wrong with a file is said when it is used. */
    private static Optional<Map<String, String>> metadata(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(WeightFiles.metadata(file)) : Optional.empty();
        } catch (CloudException e) {
            return Optional.empty();
        }
    }
}
