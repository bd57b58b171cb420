package org.scenecontexts.cli.doctor;

/**
 * How bad it is.
 *
 * @since 0.2
 */
public enum Verdict {
    /** Nothing to do. */
    OK,
    /** csc works, but slower, with less or less surely than it could. */
    WARNING,
    /** Something will fail. */
    PROBLEM
}
