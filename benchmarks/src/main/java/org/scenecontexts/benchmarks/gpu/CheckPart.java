package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;

/** One of the things that are checked or measured; what fails in one does not stop the others. */
interface CheckPart {

    /** Heading on the page. */
    String title();

    /** Whether it is done after the deadline too: it measures nothing itself. */
    default boolean takesNoTime() {
        return false;
    }

    /**
     * Does it.
     *
     * @param figures takes the milliseconds that were measured, by the name of what took them
     */
    Outcome check(Figures figures) throws IOException;
}
