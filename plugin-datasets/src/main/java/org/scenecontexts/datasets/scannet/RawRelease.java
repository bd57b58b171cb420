package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.raw.RawFolders;

/**
 * Finds what there is of ScanNet's release in a folder: the release itself with {@code scans} and {@code scans_test}, one of
 * these two, or a single scan.
 */
record RawRelease(Path source) {

    private static final String WHERE = "; ScanNet is given out at http://www.scan-net.org, and docs/datasets.md says"
            + " which of its files are needed";

    private static final List<String> LISTS =
            List.of("splits", "split", "Tasks/Benchmark", "Benchmark", "meta_data", "tasks");

    /** The scans by name. */
    List<RawScan> scans() {
        if (!Files.isDirectory(source)) {
            throw new CloudException(source
                    + ": no such folder; 'source' names ScanNet's release, the folder that holds" + " 'scans'" + WHERE);
        }
        List<RawScan> found = new ArrayList<>();
        Path own = source.toAbsolutePath().normalize();
        for (Path folder : List.of(own, own.resolve("scans"), own.resolve("scans_test"))) {
            if (Files.isDirectory(folder)) {
                RawFolders.folders(folder).forEach(scan -> add(scan, found));
            }
        }
        if (found.isEmpty()) {
            add(own, found);
        }
        if (found.isEmpty()) {
            throw new CloudException(source + ": no scan in it, nor in its 'scans' and 'scans_test'; a scan is a folder"
                    + " SCAN that holds SCAN_vh_clean_2.ply" + WHERE);
        }
        found.sort(Comparator.comparing(RawScan::name));
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i).name().equals(found.get(i - 1).name())) {
                throw new CloudException("two scans are called '" + found.get(i).name() + "': "
                        + found.get(i - 1).folder() + " and " + found.get(i).folder() + "; remove one");
            }
        }
        return found;
    }

    private static void add(Path folder, List<RawScan> to) {
        String name = String.valueOf(folder.getFileName());
        RawScan scan = new RawScan(name, folder, true);
        boolean looksLikeOne = name.matches("scene\\d{4}_\\d{2}") || Files.isRegularFile(scan.mesh());
        if (!looksLikeOne) {
            return;
        }
        boolean none = !Files.exists(scan.segments()) && !Files.exists(scan.aggregation());
        // The 100 scans of the official test list, wherever they lie; others without labels are incomplete.
        boolean test = String.valueOf(folder.getParent().getFileName()).equals("scans_test")
                || name.compareTo("scene0707_00") >= 0 && name.compareTo("scene0806_00") <= 0;
        to.add(new RawScan(name, folder, !(none && test)));
    }

    /** The label table: the one named, or the one in the release or beside it. */
    Path labels(Optional<Path> named) {
        return named.orElseGet(() -> besides().stream()
                .flatMap(folder -> Stream.of(folder, folder.resolve("tasks"), folder.resolve("meta_data")))
                .map(folder -> folder.resolve(LabelTable.FILE))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(source.resolve(LabelTable.FILE)));
    }

    /**
     * The official lists: those of the folder named, or of the first one in the release that holds some.
     *
     * @throws CloudException when the folder named holds none
     */
    List<Path> lists(Optional<Path> named) {
        if (named.isPresent()) {
            Path folder = named.get();
            List<Path> lists = Files.isDirectory(folder) ? listsIn(folder) : List.of();
            if (lists.isEmpty()) {
                throw new CloudException(folder + ": "
                        + (Files.isDirectory(folder) ? "holds no list scannetv2_*.txt" : "no such folder")
                        + "; 'lists' names the folder of scannetv2_train.txt and scannetv2_val.txt, which ScanNet's code"
                        + " has in Tasks/Benchmark");
            }
            return lists;
        }
        return besides().stream()
                .flatMap(folder -> Stream.concat(LISTS.stream().map(folder::resolve), Stream.of(folder)))
                .filter(Files::isDirectory)
                .map(RawRelease::listsIn)
                .filter(lists -> !lists.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Path> besides() {
        Path own = source.toAbsolutePath().normalize();
        return own.getParent() == null ? List.of(own) : List.of(own, own.getParent());
    }

    private static List<Path> listsIn(Path folder) {
        return RawFolders.files(folder, "scannetv2_\\w+\\.txt");
    }
}
