package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.io.array.AtomicFile;

/** Copies the official lists of scenes to where the data sets look for them, and says what they name that is not there. */
final class PreparedLists {

    private static final String FOLDER = "splits";

    private PreparedLists() {}

    /**
     * Says what is missing, before hours are spent on the scans.
     *
     * @param lists the official ones, if any were found
     * @throws CloudException when one of them is no list
     */
    static void check(List<Path> lists, RawRelease release, List<RawScan> scans, Path target, Consumer<String> warn) {
        if (lists.isEmpty()) {
            warn.accept(
                    target + ": no lists of scenes were found (scannetv2_train.txt, scannetv2_val.txt), so '" + FOLDER
                            + "' is not written; they are given out with ScanNet's code in Tasks/Benchmark: copy them"
                            + " there, or name their folder with 'lists'");
        }
        Set<String> names = scans.stream().map(RawScan::name).collect(Collectors.toSet());
        for (Path list : lists) {
            long missing = SceneLists.read(list).stream()
                    .filter(name -> !names.contains(name))
                    .count();
            if (missing > 0) {
                warn.accept(list + ": " + missing + " of its scenes are not in " + release.source()
                        + " and are not prepared; download them, or take them out of the list");
            }
        }
    }

    static void write(List<Path> lists, Path target) {
        for (Path list : lists) {
            try {
                byte[] bytes = Files.readAllBytes(list);
                AtomicFile.write(
                        target.resolve(FOLDER).resolve(list.getFileName().toString()), out -> out.write(bytes));
            } catch (IOException e) {
                throw new CloudException(list + ": cannot be read: " + e, e);
            }
        }
    }
}
