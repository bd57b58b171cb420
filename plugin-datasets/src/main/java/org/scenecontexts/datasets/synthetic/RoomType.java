package org.scenecontexts.datasets.synthetic;

/**
 * What a room is used for, which decides what stands in it and where.
 *
 * @since 0.1
 */
public enum RoomType {
    OFFICE,
    BEDROOM,
    LIVING,
    KITCHEN,
    BATHROOM
}
