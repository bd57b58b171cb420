package org.scenecontexts.datasets.scannet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one scan as ScanNet's release names them.
 *
 * @param name such as {@code scene0011_00}
 * @param labelled whether it has labels; test scans have none
 */
record RawScan(String name, Path folder, boolean labelled) {

    Path mesh() {
        return folder.resolve(name + "_vh_clean_2.ply");
    }

    Path segments() {
        return folder.resolve(name + "_vh_clean_2.0.010000.segs.json");
    }

    /** Not {@code <scan>_vh_clean.aggregation.json}, which belongs to the finer mesh. */
    Path aggregation() {
        return folder.resolve(name + ".aggregation.json");
    }

    Path info() {
        return folder.resolve(name + ".txt");
    }

    /** What segmentation needs, and detection with the scan's own text, which test scans may lack. */
    List<Path> files(boolean detection) {
        List<Path> files = new ArrayList<>(List.of(mesh()));
        if (labelled) {
            files.add(segments());
            files.add(aggregation());
        }
        if (detection && (labelled || Files.exists(info()))) {
            files.add(info());
        }
        return files;
    }
}
