package org.scenecontexts.io.cloud;

/**
 * How the points of a written file are stored; formats without a choice take no notice.
 *
 * @since 0.1
 */
public enum CloudEncoding {
    /** Numbers as text. */
    ASCII,
    /** Little-endian binary. */
    BINARY,
    /** Big-endian binary (PLY only). */
    BINARY_BIG_ENDIAN,
    /** Packed binary (PCD: LZF; NPZ: deflate). */
    COMPRESSED
}
