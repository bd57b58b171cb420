package org.scenecontexts.runtime.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.scenecontexts.runtime.pipeline.Pipeline;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.pipeline.StageKind;
import org.scenecontexts.runtime.run.RunFolder;
import org.scenecontexts.view.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the report of a run up to date while it goes on, so that nobody has to wait for the end to see that a training goes wrong.
 * It is made of files alone: what is computed does not depend on it.
 */
final class RunPages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunPages.class);
    private static final long EVERY_SECONDS = 30;

    private final Pipeline pipeline;
    private final RunFolder folder;
    private final RunReport report = new RunReport(RunSummary.ASIDE);
    private final Map<String, RunReport.State> states = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("csc-report").factory());
    private boolean finished;

    /** The pages of a run that begins; the report is there at once. */
    RunPages(Pipeline pipeline, RunFolder folder) {
        this.pipeline = pipeline;
        this.folder = folder;
        tryToWrite(RunReport.Progress.GOING_ON);
        var unused = timer.scheduleWithFixedDelay(
                () -> tryToWrite(RunReport.Progress.GOING_ON), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void begun(Stage stage) {
        states.put(stage.id(), RunReport.State.RUNNING);
    }

    void ended(Stage stage, boolean failed) {
        states.put(stage.id(), failed ? RunReport.State.FAILED : RunReport.State.FINISHED);
    }

    /**
     * Writes the pages for good.
     *
     * @return the line that names the report
     */
    List<String> finish() {
        stopTimer();
        write(RunReport.Progress.ENDED);
        finished = true;
        return List.of("  %-16s %s".formatted("report", folder.path().resolve(RunReport.FILE)));
    }

    private synchronized void write(RunReport.Progress progress) {
        List<RunReport.StageEntry> stages = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            stages.add(new RunReport.StageEntry(
                    stage.id(),
                    stage.base(),
                    StageKind.of(stage.config()).key(),
                    stage.cell(),
                    states.getOrDefault(stage.id(), RunReport.State.WAITING)));
        }
        report.write(new RunReport.Run(folder.path(), stages, pipeline.axes(), progress))
                .forEach(text -> LOG.warn("report: {}", text));
    }

    /** A page that is not the last is not worth a run. */
    private void tryToWrite(RunReport.Progress progress) {
        try {
            write(progress);
        } catch (RuntimeException e) {
            LOG.warn("report: not written this time: {}", e.toString());
        }
    }

    private void stopTimer() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("report: the one before the last is still being written after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A run that failed or was stopped leaves a report of how far it came. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        stopTimer();
        states.replaceAll((id, state) -> state == RunReport.State.RUNNING ? RunReport.State.BROKEN_OFF : state);
        tryToWrite(RunReport.Progress.BROKEN_OFF);
    }
}
