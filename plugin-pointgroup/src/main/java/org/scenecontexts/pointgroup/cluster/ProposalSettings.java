package org.scenecontexts.pointgroup.cluster;

/**
 * The numbers that decide what counts as one object (REFERENCE 7.4).
 *
 * @param radius points of one class closer than this belong together, in the unit of the positions; positive
 * @param minPoints clusters of fewer points are noise
 * @param proposePoints clusters of so many points or fewer are not proposed
 * @param confidence how a cluster's confidence comes from its points' scores
 * @param cap most neighbours of a point, {@link PointGrouping#NO_CAP} for no limit
 * @since 0.2
 */
public record ProposalSettings(float radius, int minPoints, int proposePoints, Confidence confidence, int cap) {

    private static final int PUBLISHED_CAP = 1000;

    /** The published validation: positions in voxels, 1.5 voxels, more than 100 of them, mean score. */
    public static ProposalSettings publishedVoxels() {
        return new ProposalSettings(1.5f, 50, 100, Confidence.MEAN, PUBLISHED_CAP);
    }

    /** The published benchmark run at the original vertices: 2 cm, more than 250 vertices, lower median. */
    public static ProposalSettings publishedVertices() {
        return new ProposalSettings(0.02f, 50, 250, Confidence.LOWER_MEDIAN, PUBLISHED_CAP);
    }

    /** The published benchmark run on vertices that were not shifted: 5 cm, more than 250 vertices, mean. */
    public static ProposalSettings publishedUnshiftedVertices() {
        return new ProposalSettings(0.05f, 50, 250, Confidence.MEAN, PUBLISHED_CAP);
    }

    /** The same with other limits. */
    public ProposalSettings with(int newMinPoints, int newProposePoints, int newCap) {
        return new ProposalSettings(radius, newMinPoints, newProposePoints, confidence, newCap);
    }
}
