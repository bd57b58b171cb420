package org.scenecontexts.benchmarks.gpu;

import java.util.Locale;

/** By what a card is reached: each has limits of its own, so that figures have to say whose they are. */
enum Driver {
    OPENCL("OpenCL"),
    CUDA("CUDA");

    private final String label;

    Driver(String label) {
        this.label = label;
    }

    /** As {@code device:} and names of figures have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As texts have it. */
    String label() {
        return label;
    }

    Driver other() {
        return this == CUDA ? OPENCL : CUDA;
    }
}
