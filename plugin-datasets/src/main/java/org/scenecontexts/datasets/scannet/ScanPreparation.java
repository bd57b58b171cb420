package org.scenecontexts.datasets.scannet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.datasets.raw.RawPreparation;
import org.scenecontexts.datasets.raw.RawScene;
import org.scenecontexts.datasets.raw.SceneOutput;

/**
 * What all preparations of ScanNet's release have in common: its scans, its label table and its lists.
 *
 * @param labels the label table, where it was named
 * @param lists folder of the official lists, where it was named
 */
record ScanPreparation(
        RawRelease release, Path target, Optional<Path> labels, Optional<Path> lists, BuildContext context) {

    /** Makes the prepared files of one scan. */
    @FunctionalInterface
    interface Maker {
        /** @param table the label table; empty where no scan has labels */
        void make(RawScan scan, Optional<LabelTable> table, SceneOutput to);
    }

    static ScanPreparation of(
            Path source, Path target, Optional<Path> labels, Optional<Path> lists, BuildContext context) {
        return new ScanPreparation(
                new RawRelease(context.resolve(source)),
                context.resolve(target),
                labels.map(context::resolve),
                lists.map(context::resolve),
                context);
    }

    /**
     * The work.
     *
     * @param settings everything besides the sources that decides what is written
     * @param detection whether scans are turned along their walls
     */
    Preparation work(String settings, boolean detection, Maker maker) {
        return new RawPreparation(
                new RawPreparation.Plan(
                        target,
                        settings,
                        () -> scenes(detection, maker),
                        figures -> PreparedLists.write(release.lists(lists), target)),
                context.parallel());
    }

    private List<RawScene> scenes(boolean detection, Maker maker) {
        List<RawScan> scans = release.scans();
        PreparedLists.check(release.lists(lists), release, scans, target, context::warn);
        boolean labelled = scans.stream().anyMatch(RawScan::labelled);
        Optional<LabelTable> table = labelled ? Optional.of(LabelTable.read(release.labels(labels))) : Optional.empty();
        return scans.stream()
                .map(scan -> new RawScene(scan.name(), scan.files(detection), to -> maker.make(scan, table, to)))
                .toList();
    }
}
