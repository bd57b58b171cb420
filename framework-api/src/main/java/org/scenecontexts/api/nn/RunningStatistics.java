package org.scenecontexts.api.nn;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How batch norms begin to collect the statistics that evaluation uses, which decides what a network of few updates says
 * there: a momentum of 0.02 leaves two thirds of the starting value after 20 updates, and 45 percent after 40.
 *
 * <p>Gradients and parameters do not depend on it, since training normalises with the statistics of the batch.
 *
 * @since 0.1
 */
public enum RunningStatistics {
    /**
     * Statistics are means over the batches of this training alone, however few: the starting value, be it mean 0 and
     * variance 1 or what was loaded, is divided out (as Adam does with its averages; Kingma and Ba 2015, section 3). Until
     * the first update they are the starting value.
     */
    UNBIASED,

    /** As PyTorch does it: {@code (1 - momentum)^n} of the starting value is left after {@code n} updates. */
    PUBLISHED;

    /** Makes every {@link BatchNorm} of a network begin so; call it when the first values are in place. */
    public void begin(Module network) {
        norms(network).values().forEach(norm -> norm.startShare(this == UNBIASED ? 1 : 0));
    }

    /**
     * What is left to divide out, see {@link BatchNorm#startShare()}, by dotted name of the norm: part of what an
     * interrupted training needs to go on, and of no use otherwise.
     */
    public static Map<String, Double> startShares(Module network) {
        Map<String, Double> shares = new LinkedHashMap<>();
        norms(network).forEach((name, norm) -> shares.put(name, norm.startShare()));
        return shares;
    }

    /** Puts back what {@link #startShares} gave; norms without an entry have nothing left to divide out. */
    public static void startShares(Module network, Map<String, Double> shares) {
        norms(network).forEach((name, norm) -> norm.startShare(shares.getOrDefault(name, 0.0)));
    }

    private static Map<String, BatchNorm> norms(Module network) {
        Map<String, BatchNorm> norms = new LinkedHashMap<>();
        network.modules().forEach((name, module) -> {
            if (module instanceof BatchNorm norm) {
                norms.put(name, norm);
            }
        });
        return norms;
    }
}
