package org.scenecontexts.datasets.scannet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/**
 * Turns ScanNet's release into the published prepared format under {@code prepare: {type: scannet}} (REFERENCE 5.1).
 *
 * @since 0.2
 */
@Extension
public final class ScannetPreparationFactory implements PreparationFactory<ScannetPreparationFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("ScanNet's release: the folder of 'scans' and 'scans_test', or one of these, or one scan")
            Path source,

            @WritesFile @Doc("the folder to write: SCENE.pth for each scan, and 'splits'")
            Path target,

            @Doc("scannetv2-labels.combined.tsv; found in the source folder, or beside it, when left out")
            Optional<Path> labels,

            @Doc("folder of the official lists scannetv2_*.txt; found in the source folder when left out")
            Optional<Path> lists,

            @Doc("the numbers that labels are stored as: scannet20 (NYU40 numbers, as published) or scannet200"
                    + " (ScanNet's own numbers)")
            @Default("scannet20")
            LabelSet labelSet,

            @Doc("whether groups that a file lists twice (scene0217_00) get two numbers, as in the published files")
            @Default("false")
            boolean legacy) {}

    @Override
    public String name() {
        return "scannet";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.SCANNET;
    }

    @Override
    public String summary() {
        return "Turns ScanNet's release (meshes, segments, groups) into the published prepared scenes.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        return ScanPreparation.of(config.source(), config.target(), config.labels(), config.lists(), context)
                .work(
                        "scannet " + config.labelSet() + " legacy " + config.legacy(),
                        false,
                        (scan, table, to) -> make(scan, table, config, context, to));
    }

    private static void make(
            RawScan scan, Optional<LabelTable> table, Config config, BuildContext context, SceneOutput to) {
        RawMesh mesh = RawMesh.read(scan.mesh());
        int n = mesh.size();
        // Test scans keep zeros, which is "not annotated": the published loader wants four arrays of them too.
        double[] semantic = new double[n];
        double[] instance = new double[n];
        if (scan.labelled()) {
            RawObjects objects = RawObjects.read(scan, n, table.orElseThrow(), config.legacy(), context::warn);
            for (int i = 0; i < n; i++) {
                int group = objects.ofVertex()[i];
                if (group >= 0) {
                    semantic[i] = config.labelSet().number(objects.numbers().get(group));
                    instance[i] = 1 + group;
                }
            }
        }
        to.tuple(
                scan.name() + ".pth",
                List.of(
                        NpArray.of(mesh.positions(), n, 3).as(ArrayElement.FLOAT64),
                        NpArray.of(mesh.colours(), n, 3).as(ArrayElement.FLOAT64),
                        NpArray.of(semantic, n),
                        NpArray.of(instance, n)));
    }
}
