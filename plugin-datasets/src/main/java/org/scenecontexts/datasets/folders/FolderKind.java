package org.scenecontexts.datasets.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.api.data.CloudException;

/**
 * Recognises whose data a folder holds by what lies in it, so that a data set that was named wrongly is answered with the right
 * one: ScanNet lies on people's disks in five shapes, and its folders are called alike in all of them.
 *
 * @since 0.2
 */
public enum FolderKind {
    /** {@code SCENE.cscene}. */
    STORED("scenes in this program's own format", "data: {type: scenes, ...}"),
    /** A folder of {@code .npy} files for each scene. */
    POINTCEPT("scenes as Pointcept prepares them", "data: {type: pointcept, ...}"),
    /** {@code points}, {@code instance_mask}, {@code semantic_mask}. */
    MMDET3D("clouds as MMDetection3D prepares them", "data: {type: mmdet3d, ...}"),
    /** {@code sequences/NN/velodyne}. */
    SEMANTIC_KITTI("SemanticKITTI", "data: {type: semantic-kitti, ...}"),
    /** {@code SCAN_vert.npy}. */
    SCANNET_DETECTION("ScanNet's published detection data", "data: {type: scannet-detection, ...}"),
    /** {@code Area_k/ROOM.pth}. */
    S3DIS("S3DIS as published", "data: {type: s3dis, ...}"),
    /** {@code SCAN.pth}. */
    SCANNET("ScanNet as published", "data: {type: scannet, ...}"),
    /** {@code train/SCAN.pth}: dictionaries. */
    OLD_POINTCEPT(
            "scenes as Pointcept prepared them before version 1.5.2",
            "Pointcept's own conversion, or 'prepare: {type: scannet}' on the raw release"),
    /** Meshes, segments and groups. */
    RAW_SCANNET("ScanNet's raw release", "prepare: {type: scannet, ...}"),
    /** {@code Area_k/ROOM/Annotations}. */
    RAW_S3DIS("S3DIS's raw release", "prepare: {type: s3dis, ...}");

    private final String what;
    private final String reader;

    FolderKind(String what, String reader) {
        this.what = what;
        this.reader = reader;
    }

    /** What a folder holds; empty when it is nothing of these. */
    public static Optional<FolderKind> of(Path root) {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        if (has(root, ".cscene")) {
            return Optional.of(STORED);
        }
        if (Files.isDirectory(root.resolve("points"))
                && (Files.isDirectory(root.resolve("semantic_mask"))
                        || Files.isDirectory(root.resolve("instance_mask"))
                        || Files.isDirectory(root.resolve("ImageSets")))) {
            return Optional.of(MMDET3D);
        }
        if (Files.isDirectory(root.resolve("sequences"))) {
            return Optional.of(SEMANTIC_KITTI);
        }
        if (has(root, "_vert.npy")) {
            return Optional.of(SCANNET_DETECTION);
        }
        if (has(root, ".pth")) {
            return Optional.of(SCANNET);
        }
        return folders(root).stream().flatMap(folder -> inner(folder).stream()).findFirst();
    }

    /** What a folder in the root says of it: a split, an area, or a scene. */
    private static Optional<FolderKind> inner(Path folder) {
        if (Files.isRegularFile(folder.resolve("coord.npy"))) {
            return Optional.of(POINTCEPT);
        }
        if (has(folder, ".pth")) {
            return Optional.of(isArea(folder) ? S3DIS : OLD_POINTCEPT);
        }
        if (has(folder, "_vh_clean_2.ply")) {
            return Optional.of(RAW_SCANNET);
        }
        for (Path scene : folders(folder)) {
            if (Files.isRegularFile(scene.resolve("coord.npy"))) {
                return Optional.of(POINTCEPT);
            }
            if (has(scene, "_vh_clean_2.ply")) {
                return Optional.of(RAW_SCANNET);
            }
            if (Files.isDirectory(scene.resolve("Annotations"))) {
                return Optional.of(RAW_S3DIS);
            }
        }
        return Optional.empty();
    }

    /**
     * A half sentence that names what a folder holds and how that is read; empty when it is nothing known, or what was
     * expected.
     *
     * @param expected what the folder was taken for
     */
    public static String instead(Path root, FolderKind expected) {
        // Other files beside what was expected do no harm.
        boolean there = expected == SCANNET && has(root, ".pth")
                || expected == S3DIS
                        && folders(root).stream().anyMatch(folder -> isArea(folder) && has(folder, ".pth"));
        return there ? "" : other(root, expected);
    }

    private static String other(Path root, FolderKind expected) {
        return of(root).filter(kind -> kind != expected)
                .map(kind -> "; it looks like " + kind.what + ", for which there is '" + kind.reader + "'")
                .orElse("");
    }

    /**
     * Refuses a folder that holds something else that is known.
     *
     * @throws CloudException with the reader of what it holds
     */
    public static void require(Path root, FolderKind expected) {
        String instead = instead(root, expected);
        if (!instead.isEmpty()) {
            throw new CloudException(root + ": is not " + expected.what + instead);
        }
    }

    private static boolean isArea(Path folder) {
        return folder.getFileName().toString().startsWith("Area_");
    }

    private static boolean has(Path folder, String ending) {
        return !some(folder, file -> file.getFileName().toString().endsWith(ending))
                .isEmpty();
    }

    /** The first few, in any order: enough to tell, and a folder of thousands is not walked through. */
    private static List<Path> folders(Path folder) {
        return some(folder, Files::isDirectory);
    }

    private static List<Path> some(Path folder, java.util.function.Predicate<Path> wanted) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .limit(8)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            // What cannot be looked at tells nothing; the caller's own message says what is missing.
            return List.of();
        }
    }
}
