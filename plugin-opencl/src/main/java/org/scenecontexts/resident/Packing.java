package org.scenecontexts.resident;

/** Which values lie in memory as bfloat16, two in a word. */
public enum Packing {
    /** None. */
    NONE(""),
    /** Those that have been released and that the backward pass still reads. */
    KEPT(", keep: bf16"),
    /** These, and results from the beginning on, where kernels write them so. */
    RESULTS(", storage: bf16");

    private final String words;

    Packing(String words) {
        this.words = words;
    }

    /** Whether there are any. */
    boolean any() {
        return this != NONE;
    }

    /** As the description of an engine says it. */
    String words() {
        return words;
    }
}
