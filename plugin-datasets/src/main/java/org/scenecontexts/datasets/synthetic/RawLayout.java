package org.scenecontexts.datasets.synthetic;

import java.nio.file.Path;
import org.scenecontexts.datasets.raw.SceneOutput;

/** Writes rooms as one real data set stores its scans. */
interface RawLayout {

    /** What a room is called in the data set. */
    String name(RawRoomsFactory.Room room);

    /** Writes the files of one room. */
    void write(RawRoomsFactory.RawRooms rooms, RawRoomsFactory.Room room, SceneOutput to);

    /** Writes what concerns all rooms. */
    void finish(RawRoomsFactory.RawRooms rooms, Path target);
}
