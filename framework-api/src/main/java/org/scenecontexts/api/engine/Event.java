package org.scenecontexts.api.engine;

/**
 * The end of something that an engine has been asked to do later, so that the host can do other things meanwhile.
 *
 * @since 0.2
 */
@FunctionalInterface
public interface Event {

    /** What has ended already. */
    Event DONE = () -> {};

    /** Returns when it has ended; at once when it had ended before. */
    void await();
}
