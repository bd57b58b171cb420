package org.scenecontexts.runtime.log;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a long piece of work is: a bar on a terminal, nothing elsewhere (log lines tell it there).
 *
 * @since 0.1
 */
public interface Progress extends AutoCloseable {

    /**
     * Shows a state.
     *
     * @param done of the number given at the start
     * @param text what else to show beside the bar
     */
    void at(long done, String text);

    @Override
    void close();

    /** What fits the place where this program runs. */
    static Progress start(String title, long total) {
        return RunLog.terminal() ? bar(title, total) : none();
    }

    /** Shows nothing. */
    static Progress none() {
        return new Progress() {
            @Override
            public void at(long done, String text) {}

            @Override
            public void close() {}
        };
    }

    private static Progress bar(String title, long total) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build();
        return new Progress() {
            @Override
            public void at(long done, String text) {
                bar.stepTo(done);
                bar.setExtraMessage(text);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
