package org.scenecontexts.datasets.synthetic;

/** Makes one seed of several numbers, so that neighbouring numbers give unrelated seeds. */
final class Seeds {

    private Seeds() {}

    static long mix(long... parts) {
        long h = 0x243F6A8885A308D3L;
        for (long part : parts) {
            h += part + 0x9E3779B97F4A7C15L;
            h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
            h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
        }
        return h;
    }
}
