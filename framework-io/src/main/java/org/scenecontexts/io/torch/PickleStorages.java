package org.scenecontexts.io.torch;

/** Finds the storage that a pickle names; containers keep them in different ways. */
interface PickleStorages {

    /**
     * @param type element type that the pickle declares
     * @param key name that the pickle gives it
     * @param elements number of elements that the pickle declares
     * @throws TorchFormatException when there is none, or one of another size
     */
    TorchStorage storage(TorchType type, String key, long elements);

    /** Bytes that all storages hold together, at most. */
    long bytes();

    /** For pickles that may not name any. */
    static PickleStorages none(FileRegion region) {
        return new PickleStorages() {
            @Override
            public TorchStorage storage(TorchType type, String key, long elements) {
                throw region.bad("names the storage '" + key + "' where none may be named");
            }

            @Override
            public long bytes() {
                return 0;
            }
        };
    }
}
