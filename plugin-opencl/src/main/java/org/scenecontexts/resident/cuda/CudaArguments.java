package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The arguments of one launch as the driver reads them: a table of addresses, of one place of eight bytes each. */
final class CudaArguments {

    /** Parameters that a kernel may have: their bytes are at most 4,096. */
    static final int MOST = 512;

    private final MemorySegment values;
    private final MemorySegment places;

    CudaArguments(Arena arena) {
        values = arena.allocate(JAVA_LONG, MOST);
        places = arena.allocate(ADDRESS, MOST);
        for (int i = 0; i < MOST; i++) {
            places.setAtIndex(ADDRESS, i, values.asSlice(i * JAVA_LONG.byteSize()));
        }
    }

    void set(int place, long value) {
        values.setAtIndex(JAVA_LONG, place, value);
    }

    void setAll(long[] all) {
        MemorySegment.copy(all, 0, values, JAVA_LONG, 0, all.length);
    }

    /** The first arguments. */
    long[] first(int count) {
        return values.asSlice(0, JAVA_LONG.byteSize() * count).toArray(JAVA_LONG);
    }

    /** The table of addresses. */
    MemorySegment places() {
        return places;
    }
}
