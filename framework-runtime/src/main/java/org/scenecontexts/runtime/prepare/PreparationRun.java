package org.scenecontexts.runtime.prepare;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.scenecontexts.api.prepare.Preparation;
import org.scenecontexts.runtime.log.Progress;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a preparation, and tells how far it is: a bar on a terminal, a line every tenth of the work in the log.
 *
 * @since 0.1
 */
public final class PreparationRun {

    private static final Logger LOG = LoggerFactory.getLogger(PreparationRun.class);
    private static final int LINES = 10;

    private final String stage;
    private final BooleanSupplier stop;
    private Progress bar = Progress.none();
    private long total;
    private long told;

    private PreparationRun(String stage, BooleanSupplier stop) {
        this.stage = stage;
        this.stop = stop;
    }

    /**
     * Runs it to its end.
     *
     * @param stage what to call it in the log
     * @param stop asked whenever the work tells how far it is: whether to end
     * @return the preparation's figures
     * @throws RunStoppedException when it was asked to end; a plugin may make another exception of it
     */
    public static Map<String, Double> run(String stage, Preparation work, BooleanSupplier stop) {
        PreparationRun run = new PreparationRun(stage, stop);
        try {
            return work.run(run::at);
        } finally {
            run.bar.close();
        }
    }

    private synchronized void at(long done, long newTotal, String what) {
        if (stop.getAsBoolean() && done < newTotal) {
            throw new RunStoppedException("stopped at " + done + " of " + newTotal + " (" + what
                    + "), what is done is kept; the same command goes on");
        }
        if (newTotal != total) {
            bar.close();
            total = newTotal;
            bar = Progress.start(stage, total);
        }
        bar.at(done, what);
        long tenth = total == 0 ? LINES : done * LINES / total;
        if (tenth > told || done == total) {
            told = done == total ? 0 : tenth;
            LOG.info("{}: {} of {} ({})", stage, done, total, what);
        }
    }
}
