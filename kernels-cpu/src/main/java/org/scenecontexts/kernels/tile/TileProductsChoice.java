package org.scenecontexts.kernels.tile;

import java.util.Optional;
import org.scenecontexts.api.engine.VectorApi;
import org.scenecontexts.kernels.machine.MachineTileProducts;
import org.scenecontexts.kernels.vector.VectorTileProducts;

/**
 * The fastest {@link TileProducts} that this machine and this Java can run, and why.
 *
 * <p>The system property {@value VectorApi#PROPERTY} forces {@code machine}, {@code vector} or {@code scalar}.
 *
 * @param products the implementation to use
 * @param reason half a sentence for the log
 * @since 0.1
 */
public record TileProductsChoice(TileProducts products, String reason) {

    private static final String PROPERTY = VectorApi.PROPERTY;
    private static final String MODULE = VectorApi.MODULE;

    /** Generated code is loaded once per process, by whoever needs it first. */
    private static final class Machine {
        private static final Optional<TileProducts> PRODUCTS;
        private static final String REFUSAL;

        static {
            Optional<TileProducts> products = Optional.empty();
            String refusal = "";
            try {
                products = Optional.of(MachineTileProducts.widest());
            } catch (UnsupportedOperationException e) {
                refusal = e.getMessage();
            }
            PRODUCTS = products;
            REFUSAL = refusal;
        }
    }

    /** Kept apart so that its classes are only loaded where their module exists. */
    private static final class Vector {
        static TileProducts products() {
            return new VectorTileProducts();
        }
    }

    /**
     * Chooses for this machine.
     *
     * @throws IllegalStateException if the property asks for what is not there, or for something unknown
     */
    public static TileProductsChoice forThisMachine() {
        return choose(System.getProperty(PROPERTY, "auto"), VectorApi.isPresent());
    }

    static TileProductsChoice choose(String wish, boolean modulePresent) {
        return switch (wish) {
            case "scalar" -> new TileProductsChoice(new ScalarTileProducts(), "chosen with -D" + PROPERTY + "=scalar");
            case "vector" -> {
                if (!modulePresent) {
                    throw new IllegalStateException("-D" + PROPERTY + "=vector was asked for, but Java was started"
                            + " without --add-modules " + MODULE + "; add it, or leave the property out");
                }
                yield new TileProductsChoice(Vector.products(), "chosen with -D" + PROPERTY + "=vector");
            }
            case "machine" ->
                new TileProductsChoice(
                        Machine.PRODUCTS.orElseThrow(() -> new IllegalStateException("-D" + PROPERTY
                                + "=machine was asked for, but " + Machine.REFUSAL + "; leave the property out")),
                        "chosen with -D" + PROPERTY + "=machine");
            case "auto" -> automatic(modulePresent);
            default ->
                throw new IllegalStateException("-D" + PROPERTY + " is '" + wish
                        + "', expected machine, vector, scalar or auto; or leave it out");
        };
    }

    private static TileProductsChoice automatic(boolean modulePresent) {
        if (Machine.PRODUCTS.isPresent()) {
            return new TileProductsChoice(Machine.PRODUCTS.get(), "code written for this processor");
        }
        if (modulePresent) {
            return new TileProductsChoice(Vector.products(), "the Vector API, because " + Machine.REFUSAL);
        }
        return new TileProductsChoice(
                new ScalarTileProducts(),
                "plain Java, because " + Machine.REFUSAL + ", and Java was started without --add-modules " + MODULE
                        + ", which makes training many times slower than necessary");
    }
}
