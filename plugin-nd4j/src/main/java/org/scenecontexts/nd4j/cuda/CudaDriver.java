package org.scenecontexts.nd4j.cuda;

import java.util.List;

/**
 * What the driver of NVIDIA's cards says, as far as it is asked before ND4J is loaded. An interface, so that tests can say that
 * there is a card which is not there.
 */
public interface CudaDriver {

    /**
     * A card.
     *
     * @param major of its compute capability
     * @param minor of its compute capability
     */
    record Card(String name, int major, int minor) {
        @Override
        public String toString() {
            return name + " (compute capability " + major + "." + minor + ")";
        }
    }

    /** The newest CUDA that the driver can run, as CUDA writes it: 11060 is 11.6. */
    int version();

    /** All cards, in the driver's order. */
    List<Card> cards();

    /** Whether the system's loader finds a library. */
    boolean finds(String library);
}
