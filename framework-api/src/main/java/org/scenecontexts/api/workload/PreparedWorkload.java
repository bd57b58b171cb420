package org.scenecontexts.api.workload;

/**
 * A workload with everything it needs in memory, so that only the work itself is timed.
 *
 * @since 0.1
 */
public interface PreparedWorkload extends AutoCloseable {

    /** Makes ready what a run uses up; called before each run and not timed. */
    default void renew() {}

    /** Does the work once. Runs may follow each other without end. */
    void run();

    /** What one run needs; asked after at least one run. */
    Work work();

    @Override
    default void close() {}

    /** Work that is known beforehand and uses nothing up. */
    static PreparedWorkload of(Work work, Runnable run) {
        return new PreparedWorkload() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public Work work() {
                return work;
            }
        };
    }
}
