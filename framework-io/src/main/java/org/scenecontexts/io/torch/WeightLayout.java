package org.scenecontexts.io.torch;

import java.util.Arrays;
import java.util.Locale;

/**
 * How libraries for sparse convolution store the weights of a network; shapes hardly tell, so files record it.
 *
 * <p>In all of them {@code out[u] = sum over k of in[u + offset(k)] W(k)}, with odd kernels centred and even ones from 0.
 *
 * @since 0.1
 */
public enum WeightLayout {

    /**
     * MinkowskiEngine 0.4: {@code kernel [K, in, out]} with x fastest, except that the 3x3x3 kernels of residual blocks
     * start with the centre (its HYBRID region, REFERENCE 1.7 item 6). All published weights.
     */
    MINKOWSKI_04("minkowski-0.4"),

    /** MinkowskiEngine 0.5: {@code kernel [K, in, out]} with x fastest, everywhere (REFERENCE 1.7 item 11). */
    MINKOWSKI_05("minkowski-0.5"),

    /**
     * spconv 2: {@code weight [out, kx, ky, kz, in]}, for networks whose indices are rows of (batch, x, y, z); 1x1x1
     * convolutions have five dimensions too, biases one. Names end in {@code .weight} instead of {@code .kernel}.
     */
    SPCONV("spconv");

    /** Key of the layout in the metadata of weight files. */
    public static final String METADATA_KEY = "kernel-layout";

    private final String text;

    WeightLayout(String text) {
        this.text = text;
    }

    /** The name that files and the command line use. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * The layout of a name; {@code hypercube} is another name of {@link #MINKOWSKI_05}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static WeightLayout of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (plain) {
            case "hypercube" -> MINKOWSKI_05;
            case "hybrid", "minkowski-04-hybrid" -> MINKOWSKI_04;
            default ->
                Arrays.stream(values())
                        .filter(layout -> layout.text.equals(plain))
                        .findAny()
                        .orElseThrow(() -> new IllegalArgumentException("weight layout " + Shown.quoted(name)
                                + " is unknown; use one of " + Arrays.toString(values())));
        };
    }
}
