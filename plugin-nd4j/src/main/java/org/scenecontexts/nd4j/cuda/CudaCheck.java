package org.scenecontexts.nd4j.cuda;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says before ND4J is loaded why its CUDA backend cannot run here, and what to do instead: ND4J itself would take seconds to
 * load and then end in an error of CUDA's, or of the loader's.
 *
 * <p>The library of ND4J 1.0.0-M2.1 holds machine code for compute capability 3.7 to 8.6 and no PTX, so that nothing can be
 * compiled for a newer generation. Machine code runs on later cards of its own generation only (8.6 on 8.9).
 */
public final class CudaCheck {

    /** CUDA 11.6, which ND4J was built with; its libraries run on every driver for CUDA 11. */
    private static final int OLDEST_DRIVER = 11_000;

    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 7;
    private static final int NEWEST_MAJOR = 8;

    /** What libnd4jcuda.so and its bindings are linked with. */
    private static final List<String> LIBRARIES =
            List.of("libcudart.so.11.0", "libcublas.so.11", "libcusolver.so.11", "libcusparse.so.11");

    private static final String INSTEAD = "use 'device: gpu', which compiles its kernels for the card that is there";

    private CudaCheck() {}

    /**
     * Checks driver, card and libraries. ND4J uses the first card, so that is the one that counts.
     *
     * @param bundled whether the plugin brings CUDA's libraries itself
     * @return the card
     * @throws UnsupportedOperationException when the backend cannot run; the message says what to do instead
     */
    public static CudaDriver.Card check(CudaDriver driver, boolean bundled) {
        List<CudaDriver.Card> cards = driver.cards();
        if (cards.isEmpty()) {
            throw new UnsupportedOperationException(
                    "the NVIDIA driver lists no card: leave 'backend: cuda' of device 'nd4j'"
                            + " out, or use 'device: cpu'");
        }
        CudaDriver.Card card = cards.getFirst();
        boolean tooOld = card.major() < OLDEST_MAJOR || (card.major() == OLDEST_MAJOR && card.minor() < OLDEST_MINOR);
        if (tooOld || card.major() > NEWEST_MAJOR) {
            throw new UnsupportedOperationException("ND4J's CUDA backend cannot run on " + card
                    + ": it holds machine code for compute capability 3.7 to 8.6 and nothing that could be compiled"
                    + " for "
                    + (tooOld ? "an older" : "a newer") + " card; " + INSTEAD);
        }
        if (driver.version() < OLDEST_DRIVER) {
            throw new UnsupportedOperationException(
                    "ND4J's CUDA backend needs a driver for CUDA 11; the one here is for CUDA "
                            + driver.version() / 1000 + "." + driver.version() % 1000 / 10 + ": update it, or "
                            + INSTEAD);
        }
        if (!bundled) {
            List<String> missing =
                    LIBRARIES.stream().filter(name -> !driver.finds(name)).toList();
            if (!missing.isEmpty()) {
                throw new UnsupportedOperationException(
                        "ND4J's CUDA backend needs the libraries of CUDA 11.6; not found: "
                                + missing.stream().collect(Collectors.joining(", "))
                                + ". Install CUDA 11.6 and put its lib64 on LD_LIBRARY_PATH, or " + INSTEAD);
            }
        }
        return card;
    }
}
