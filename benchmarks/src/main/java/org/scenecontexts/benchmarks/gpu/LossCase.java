package org.scenecontexts.benchmarks.gpu;

import java.util.List;

/**
 * A training whose first losses are compared.
 *
 * @param name task and backbone
 * @param example file name of the example without its end
 * @param stage id of its training
 * @param changes keys with other values, as YAML
 * @param small the same for a rehearsal
 * @param held first steps whose losses are held to the limit; elsewhere noise of 1e-7 in the input changes the processor's own as
 *     much, so that only the first step, with equal weights, can tell a fault
 */
record LossCase(String name, String example, String stage, String changes, String small, int held) {

    private static final int ALL = 20;

    private static final String SMALL_UNET =
            "{ backbone: { type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 } }";
    private static final String SMALL_POINTS =
            "{ backbone: { type: pointnet2, points: 1024, width: 0.25, samples: [16, 8, 8, 8] } }";
    private static final String POINTS = "{ backbone: { type: pointnet2 } }";

    /** What the example of detection says about this backbone. */
    private static final String FEWER_POINTS =
            "{ backbone: { type: pointnet2, points: 8192, width: 0.5, samples: [32, 16, 16, 16] } }";

    private static final String DETECTION_SMALL_UNET = "{ task: { type: detection, seeds: 128, proposals: 32 },"
            + " backbone: { type: res16unet14a, width: 0.125, voxel-size: 0.1, bn-momentum: 0.1 } }";
    private static final String DETECTION_SMALL_POINTS = "{ task: { type: detection, seeds: 128, proposals: 32 },"
            + " backbone: { type: pointnet2, points: 1024, width: 0.25, samples: [16, 8, 8, 8] } }";

    /** Every task on every backbone. */
    static List<LossCase> all() {
        return List.of(
                new LossCase("semantic segmentation, res16unet14a", "quickstart", "train", "{}", SMALL_UNET, ALL),
                new LossCase("semantic segmentation, pointnet2", "quickstart", "train", POINTS, SMALL_POINTS, 1),
                pretraining("pre-training, res16unet14a", "{}", SMALL_UNET, 1),
                pretraining("pre-training, pointnet2", POINTS, SMALL_POINTS, 1),
                new LossCase("instances, res16unet14a", "instances", "train", "{}", SMALL_UNET, 1),
                new LossCase("instances, pointnet2", "instances", "train", POINTS, SMALL_POINTS, 1),
                new LossCase("detection, res16unet14a", "detection", "train", "{}", DETECTION_SMALL_UNET, 1),
                new LossCase("detection, pointnet2", "detection", "train", FEWER_POINTS, DETECTION_SMALL_POINTS, 1));
    }

    private static LossCase pretraining(String name, String changes, String small, int held) {
        return new LossCase(name, "data-efficient", "pretrain-scene-contexts", changes, small, held);
    }

    /** The name as that of a pipeline. */
    String id() {
        return name.replaceAll("[^a-z0-9]+", "-");
    }
}
