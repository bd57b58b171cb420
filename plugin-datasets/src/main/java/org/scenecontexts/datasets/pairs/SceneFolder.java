package org.scenecontexts.datasets.pairs;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.AtomicFile;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;

/**
 * The prepared files of one recording, named as published (REFERENCE 3.1).
 *
 * @param path the folder
 */
record SceneFolder(Path path) {

    /** Name of the array in every cloud archive. */
    static final String ARRAY = "pcd";

    private static final String CLOUDS = "pcd";

    private Path depthFile(int index) {
        return path.resolve("depth").resolve(index + ".png");
    }

    private Path colourFile(int index) {
        return path.resolve("color").resolve(index + ".png");
    }

    private Path poseFile(int index) {
        return path.resolve("pose").resolve(index + ".txt");
    }

    Path cloudFile(int index) {
        return path.resolve(CLOUDS).resolve(index + ".npz");
    }

    private Path overlapFile() {
        return path.resolve(CLOUDS).resolve("overlap.txt");
    }

    /** Path of a cloud relative to the folder of all recordings. */
    static String cloudName(String scene, int index) {
        return scene + "/" + CLOUDS + "/" + index + ".npz";
    }

    boolean complete(int index, boolean images) {
        return Files.exists(cloudFile(index))
                && Files.exists(poseFile(index))
                && (!images || Files.exists(depthFile(index)) && Files.exists(colourFile(index)));
    }

    void intrinsics(SensFile.Header header) {
        Map<String, RigidPose> matrices = Map.of(
                "intrinsic_color", header.intrinsicColour(),
                "extrinsic_color", header.extrinsicColour(),
                "intrinsic_depth", header.intrinsicDepth(),
                "extrinsic_depth", header.extrinsicDepth());
        matrices.forEach((name, matrix) -> {
            Path file = path.resolve("intrinsic").resolve(name + ".txt");
            if (!Files.exists(file)) {
                ScannetPairsPreparation.text(file, matrix.text());
            }
        });
    }

    void pose(int index, RigidPose pose) {
        ScannetPairsPreparation.text(poseFile(index), pose.text());
    }

    void images(int index, short[] depth, int width, int height, BufferedImage colour) {
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
        System.arraycopy(depth, 0, ((DataBufferUShort) grey.getRaster().getDataBuffer()).getData(), 0, depth.length);
        png(depthFile(index), grey);
        png(colourFile(index), colour);
    }

    private static void png(Path file, BufferedImage image) {
        AtomicFile.write(file, out -> {
            try (var to = new MemoryCacheImageOutputStream(out)) {
                if (!ImageIO.write(image, "png", to)) {
                    throw new IOException("no PNG writer for this kind of image");
                }
            }
        });
    }

    void cloud(int index, double[] points) {
        int rows = points.length / FrameCloud.COLUMNS;
        Npz.write(cloudFile(index), Map.of(ARRAY, NpArray.of(points, rows, FrameCloud.COLUMNS)));
    }

    double[] cloud(int index) {
        try (Npz npz = Npz.open(cloudFile(index))) {
            return npz.get(ARRAY).doubles();
        }
    }

    void overlaps(OverlapList list) {
        list.write(overlapFile());
    }

    /** The overlaps of an earlier run, when they are newer than all clouds and about these frames only. */
    Optional<OverlapList> overlaps(List<Integer> indices) {
        if (!Files.exists(overlapFile())) {
            return Optional.empty();
        }
        try {
            FileTime written = Files.getLastModifiedTime(overlapFile());
            Set<String> known = new HashSet<>();
            for (int index : indices) {
                known.add(cloudName(path.getFileName().toString(), index));
                if (Files.getLastModifiedTime(cloudFile(index)).compareTo(written) > 0) {
                    return Optional.empty();
                }
            }
            OverlapList list = OverlapList.read(overlapFile());
            boolean same = list.pairs().stream()
                    .allMatch(pair -> known.contains(pair.first()) && known.contains(pair.second()));
            return same ? Optional.of(list) : Optional.empty();
        } catch (IOException e) {
            throw new CloudException(path + ": cannot be looked at: " + e, e);
        }
    }
}
