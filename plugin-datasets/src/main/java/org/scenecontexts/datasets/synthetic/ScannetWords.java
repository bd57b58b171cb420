package org.scenecontexts.datasets.synthetic;

import java.util.EnumMap;
import java.util.Map;

/** What ScanNet's annotators would call the classes of synthetic rooms, with the numbers of its label table. */
final class ScannetWords {

    private static final Map<RoomClass, Word> WORDS = words();

    private ScannetWords() {}

    /**
     * A label.
     *
     * @param raw as an annotator wrote it
     * @param id ScanNet's own number
     * @param nyu40 NYU40 number
     */
    record Word(String raw, int id, int nyu40) {}

    /** By class; clutter has none, as it is not annotated. */
    static Map<RoomClass, Word> all() {
        return WORDS;
    }

    private static Map<RoomClass, Word> words() {
        Map<RoomClass, Word> words = new EnumMap<>(RoomClass.class);
        words.put(RoomClass.WALL, new Word("wall", 1, 1));
        words.put(RoomClass.FLOOR, new Word("floor", 3, 2));
        words.put(RoomClass.CABINET, new Word("cabinet", 7, 3));
        words.put(RoomClass.BED, new Word("bed", 11, 4));
        words.put(RoomClass.CHAIR, new Word("chair", 2, 5));
        words.put(RoomClass.SOFA, new Word("couch", 6, 6));
        words.put(RoomClass.TABLE, new Word("table", 4, 7));
        words.put(RoomClass.DOOR, new Word("door", 5, 8));
        words.put(RoomClass.WINDOW, new Word("window", 16, 9));
        words.put(RoomClass.BOOKSHELF, new Word("bookshelf", 18, 10));
        words.put(RoomClass.PICTURE, new Word("picture", 15, 11));
        words.put(RoomClass.COUNTER, new Word("counter", 35, 12));
        words.put(RoomClass.DESK, new Word("desk", 9, 14));
        words.put(RoomClass.NIGHTSTAND, new Word("nightstand", 34, 32));
        words.put(RoomClass.TOILET, new Word("toilet", 17, 33));
        words.put(RoomClass.SINK, new Word("sink", 14, 34));
        words.put(RoomClass.BATHTUB, new Word("bathtub", 42, 36));
        words.put(RoomClass.LAMP, new Word("lamp", 28, 35));
        words.put(RoomClass.MONITOR, new Word("monitor", 19, 40));
        words.put(RoomClass.CEILING, new Word("ceiling", 41, 22));
        return words;
    }
}
