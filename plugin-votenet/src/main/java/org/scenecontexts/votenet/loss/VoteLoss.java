package org.scenecontexts.votenet.loss;

/** How far votes are from where their seeds should vote: of all pairs of a vote and a true vote the nearest, L1 metres. */
final class VoteLoss {

    private static final int TRUE_VOTES = 3;
    private static final int WAYS = BoxLossKernels.WAYS;
    private static final double EPSILON = 1e-6;

    private VoteLoss() {}

    /**
     * The mean over the seeds on objects.
     *
     * @param votes {@code [B * S * F, 3]}, the votes of a seed one after the other
     * @param seeds {@code [B * S, 3]}
     * @param ways where they should vote, and whether, {@code [B * S, 10]}
     * @param weight of the mean in the whole
     * @param slopes receives the slopes, like {@code votes}
     */
    static double of(float[] votes, float[] seeds, float[] ways, double weight, float[] slopes) {
        int count = seeds.length / 3;
        int factor = votes.length / seeds.length;
        int voting = 0;
        for (int seed = 0; seed < count; seed++) {
            voting += votes(ways, seed) ? 1 : 0;
        }
        double share = 1 / (voting + EPSILON);
        double sum = 0;
        float[] aim = new float[3];
        for (int seed = 0; seed < count; seed++) {
            if (!votes(ways, seed)) {
                continue;
            }
            float least = Float.POSITIVE_INFINITY;
            int vote = -1;
            int truth = -1;
            for (int t = 0; t < TRUE_VOTES; t++) {
                aim(aim, seeds, ways, seed, t);
                for (int f = 0; f < factor; f++) {
                    float distance = distance(votes, seed * factor + f, aim);
                    if (distance < least) {
                        least = distance;
                        vote = seed * factor + f;
                        truth = t;
                    }
                }
            }
            sum += least;
            aim(aim, seeds, ways, seed, truth);
            for (int axis = 0; axis < 3; axis++) {
                slopes[3 * vote + axis] += (float) (weight * share * Math.signum(votes[3 * vote + axis] - aim[axis]));
            }
        }
        return sum * share;
    }

    private static boolean votes(float[] ways, int seed) {
        return ways[WAYS * seed + 3 * TRUE_VOTES] > 0;
    }

    private static void aim(float[] aim, float[] seeds, float[] ways, int seed, int vote) {
        for (int axis = 0; axis < 3; axis++) {
            aim[axis] = seeds[3 * seed + axis] + ways[WAYS * seed + 3 * vote + axis];
        }
    }

    private static float distance(float[] votes, int vote, float[] aim) {
        return Math.abs(votes[3 * vote] - aim[0])
                + Math.abs(votes[3 * vote + 1] - aim[1])
                + Math.abs(votes[3 * vote + 2] - aim[2]);
    }
}
