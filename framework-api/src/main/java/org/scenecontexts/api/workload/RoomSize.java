package org.scenecontexts.api.workload;

/**
 * The sizes of room that workloads are measured on: those of the recorded clouds, so that figures can be compared.
 *
 * @since 0.1
 */
public enum RoomSize {
    K3(3_384),
    K8(8_001),
    K20(22_237),
    K60(61_248),
    K150(148_571);

    /** Edge of a voxel, metres. */
    public static final double SPACING = 0.02;

    private final int voxels;

    RoomSize(int voxels) {
        this.voxels = voxels;
    }

    /** Occupied voxels. */
    public int voxels() {
        return voxels;
    }

    /** The last part of a workload's name, e.g. {@code 60k}. */
    public String label() {
        return name().substring(1) + "k";
    }
}
