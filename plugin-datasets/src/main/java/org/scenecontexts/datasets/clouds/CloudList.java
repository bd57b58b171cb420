package org.scenecontexts.datasets.clouds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.folder.DataFolder;

/** Finds the files of a data set, in an order that is the same everywhere. */
final class CloudList {

    private CloudList() {}

    /**
     * The files of a folder whose relative path or name matches a glob, ordered by path, numbers by value.
     *
     * @param warnings told how many files of the folder do not match
     * @throws CloudException when there is no such folder, or nothing matches
     */
    static List<Path> find(Path folder, String pattern, Consumer<String> warnings) {
        if (!Files.isDirectory(folder)) {
            throw new CloudException(
                    folder + ": no such folder; 'path:' of point-clouds names the folder of the files");
        }
        DataFolder.Taken taken = DataFolder.of(folder).matching(pattern);
        String others = taken.told(CloudFiles.CLOUD_LIKE);
        if (taken.files().isEmpty()) {
            throw new CloudException(
                    folder + ": no file matches '" + pattern + "'" + (others.isEmpty() ? "" : "; " + others)
                            + "; set 'pattern:' (for example *.pcd, or **/*.ply for sub-folders)");
        }
        if (!others.isEmpty()) {
            warnings.accept(folder + ": " + taken.files().size() + " files match '" + pattern + "', " + others);
        }
        return taken.files();
    }
}
