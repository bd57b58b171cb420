package org.scenecontexts.datasets.scannet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.api.prepare.PreparationFactory;
import org.scenecontexts.datasets.DistinctDraws;
import org.scenecontexts.datasets.Sources;
import org.scenecontexts.datasets.raw.SceneOutput;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/**
 * Turns ScanNet's release into the published files of detection under {@code prepare: {type: scannet-detection}}
 * (REFERENCE 8.4): vertices in the aligned frame, labels, and boxes along the axes; and the matrix that leads back.
 *
 * @since 0.2
 */
@Extension
public final class DetectionPreparationFactory implements PreparationFactory<DetectionPreparationFactory.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("ScanNet's release: the folder of 'scans' and 'scans_test', or one of these, or one scan")
            Path source,

            @WritesFile @Doc("the folder to write: five .npy files for each scan, and 'splits'")
            Path target,

            @Doc("scannetv2-labels.combined.tsv; found in the source folder, or beside it, when left out")
            Optional<Path> labels,

            @Doc("folder of the official lists scannetv2_*.txt; found in the source folder when left out")
            Optional<Path> lists,

            @Doc("most vertices of a scan; of larger ones so many are drawn by chance, as published; 0 keeps all")
            @Default("50000")
            @Min(0)
            int points,

            @Doc("chooses the vertices that are kept; the published choice was not recorded") @Default("0")
            long seed,

            @Doc("whether groups that a file lists twice (scene0217_00) get two boxes, as in the published files")
            @Default("false")
            boolean legacy) {}

    @Override
    public String name() {
        return "scannet-detection";
    }

    @Override
    public String filesFrom(Config config) {
        return Sources.SCANNET;
    }

    @Override
    public String summary() {
        return "Turns ScanNet's release into the published files of detection: aligned vertices, labels and boxes.";
    }

    @Override
    public Preparation create(Config config, BuildContext context) {
        // Folders that were prepared before the matrices were written are prepared again.
        String settings = "scannet-detection with matrices, points " + config.points() + " seed " + config.seed()
                + " legacy " + config.legacy();
        return ScanPreparation.of(config.source(), config.target(), config.labels(), config.lists(), context)
                .work(settings, true, (scan, table, to) -> make(scan, table, config, context, to));
    }

    private static void make(
            RawScan scan, Optional<LabelTable> table, Config config, BuildContext context, SceneOutput to) {
        RawMesh mesh = RawMesh.read(scan.mesh());
        int n = mesh.size();
        AxisAlignment alignment = AxisAlignment.of(scan);
        float[] aligned = alignment.apply(mesh.positions());
        int[] kept = sample(scan.name(), n, config);
        Optional<RawObjects> objects = table.filter(t -> scan.labelled())
                .map(t -> RawObjects.read(scan, n, t, config.legacy(), context::warn));
        to.npy(scan.name() + AxisAlignment.ENDING, alignment.array());
        objects.ifPresent(found -> {
            int[] semantic = new int[kept.length];
            int[] instance = new int[kept.length];
            for (int i = 0; i < kept.length; i++) {
                int group = found.ofVertex()[kept[i]];
                semantic[i] = group < 0 ? 0 : found.numbers().get(group).nyu40();
                instance[i] = group < 0 ? 0 : 1 + found.groups().get(group).objectId();
            }
            NpArray boxes = boxes(aligned, found);
            to.npy(
                    scan.name() + "_sem_label.npy",
                    NpArray.of(semantic, kept.length).as(ArrayElement.UINT32));
            to.npy(
                    scan.name() + "_ins_label.npy",
                    NpArray.of(instance, kept.length).as(ArrayElement.UINT32));
            to.npy(scan.name() + "_bbox.npy", boxes);
        });
        // Last: readers take a scan for there by its vertices, and for a test scan where it has no labels.
        to.npy(scan.name() + "_vert.npy", vertices(aligned, mesh.colours(), kept));
    }

    /** Vertices to keep, ascending. */
    private static int[] sample(String name, int n, Config config) {
        if (config.points() == 0 || n <= config.points()) {
            return IntStream.range(0, n).toArray();
        }
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int[] kept = DistinctDraws.some(n, config.points(), new SplittableRandom(config.seed() * 31 + crc.getValue()));
        Arrays.sort(kept);
        return kept;
    }

    private static NpArray vertices(float[] positions, float[] colours, int[] kept) {
        float[] table = new float[6 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(positions, 3 * kept[i], table, 6 * i, 3);
            System.arraycopy(colours, 3 * kept[i], table, 6 * i + 3, 3);
        }
        return NpArray.of(table, kept.length, 6);
    }

    /** Bounds of the 18 classes' objects in single precision, by object number, of all vertices (REFERENCE 8.4). */
    private static NpArray boxes(float[] positions, RawObjects objects) {
        int count = objects.groups().size();
        float[][] low = new float[count][];
        float[][] high = new float[count][];
        for (int i = 0; i < objects.ofVertex().length; i++) {
            int group = objects.ofVertex()[i];
            if (group < 0) {
                continue;
            }
            if (low[group] == null) {
                low[group] = Arrays.copyOfRange(positions, 3 * i, 3 * i + 3);
                high[group] = low[group].clone();
            }
            for (int axis = 0; axis < 3; axis++) {
                low[group][axis] = Math.min(low[group][axis], positions[3 * i + axis]);
                high[group][axis] = Math.max(high[group][axis], positions[3 * i + axis]);
            }
        }
        List<double[]> rows = new ArrayList<>();
        IntStream.range(0, count)
                .filter(g -> low[g] != null
                        && DetectionClasses.of(objects.numbers().get(g).nyu40()) >= 0)
                .boxed()
                .sorted(Comparator.comparing(g -> objects.groups().get(g).objectId()))
                .forEach(g ->
                        rows.add(row(low[g], high[g], objects.numbers().get(g).nyu40())));
        double[] table = rows.stream().flatMapToDouble(Arrays::stream).toArray();
        return NpArray.of(table, rows.size(), DetectionClasses.BOX_COLUMNS);
    }

    private static double[] row(float[] low, float[] high, int nyu40) {
        double[] row = new double[DetectionClasses.BOX_COLUMNS];
        for (int axis = 0; axis < 3; axis++) {
            row[axis] = (low[axis] + high[axis]) / 2;
            row[3 + axis] = high[axis] - low[axis];
        }
        row[6] = nyu40;
        return row;
    }
}
