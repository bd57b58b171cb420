package org.scenecontexts.cli.doctor;

import java.util.List;

/**
 * Looks at one side of the machine.
 *
 * @since 0.2
 */
public interface Check {

    /** A word for listings. */
    String name();

    /** What was found, at least one sentence; takes a second or two at most, and leaves nothing behind. */
    List<Finding> run();
}
