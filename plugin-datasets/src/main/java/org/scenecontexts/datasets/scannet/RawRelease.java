package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;

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
                folders(folder).forEach(scan -> add(scan, found));
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

    private static List<Path> folders(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
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

    /** The official lists: the folder named, or the first one in the release that holds some. */
    List<Path> lists(Optional<Path> named) {
        Stream<Path> folders = named.map(Stream::of)
                .orElseGet(() -> besides().stream()
                        .flatMap(folder -> Stream.concat(LISTS.stream().map(folder::resolve), Stream.of(folder))));
        return folders.filter(Files::isDirectory)
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
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.getFileName().toString().matches("scannetv2_\\w+\\.txt"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CloudException(folder + ": cannot be listed: " + e, e);
        }
    }
}
