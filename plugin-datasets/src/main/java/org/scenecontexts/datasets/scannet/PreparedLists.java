package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.prepared.SceneLists;
import org.scenecontexts.io.array.AtomicFile;

/** Copies the official lists of scenes to where the data sets look for them, and says what they name that is not there. */
record PreparedLists(RawRelease release, Optional<Path> named, Path target) {

    void write(String folder, Consumer<String> warn) {
        List<Path> lists = release.lists(named);
        if (lists.isEmpty()) {
            warn.accept(
                    target + ": no lists of scenes were found (scannetv2_train.txt, scannetv2_val.txt), so '" + folder
                            + "' is not written; they are given out with ScanNet's code in Tasks/Benchmark: copy them"
                            + " there, or name their folder with 'lists'");
            return;
        }
        List<String> scans = release.scans().stream().map(RawScan::name).toList();
        for (Path list : lists) {
            long missing = SceneLists.read(list).stream()
                    .filter(name -> !scans.contains(name))
                    .count();
            if (missing > 0) {
                warn.accept(list + ": " + missing + " of its scenes are not in " + release.source()
                        + " and were not prepared; download them, or take them out of the list");
            }
            try {
                byte[] bytes = Files.readAllBytes(list);
                AtomicFile.write(
                        target.resolve(folder).resolve(list.getFileName().toString()), out -> out.write(bytes));
            } catch (IOException e) {
                throw new CloudException(list + ": cannot be read: " + e, e);
            }
        }
    }
}
