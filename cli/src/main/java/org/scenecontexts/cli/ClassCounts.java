package org.scenecontexts.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scenecontexts.runtime.pipeline.PipelineExecutor.PredictResult;

/** Shows at a glance whether a prediction can be right: how many points got which class. */
final class ClassCounts {

    private static final int BAR = 30;
    private static final String UNLABELLED = "(no label)";

    private ClassCounts() {}

    /** A line per class: name, points, share, bar; one for points without a label where there are any. */
    static List<String> lines(PredictResult result) {
        long all = result.unlabelled();
        int width = result.unlabelled() > 0 ? UNLABELLED.length() : 0;
        for (var entry : result.points().entrySet()) {
            all += entry.getValue();
            width = Math.max(width, entry.getKey().length());
        }
        List<String> lines = new ArrayList<>();
        for (var entry : result.points().entrySet()) {
            lines.add(line(entry.getKey(), entry.getValue(), all, width));
        }
        if (result.unlabelled() > 0) {
            lines.add(line(UNLABELLED, result.unlabelled(), all, width));
        }
        return lines;
    }

    private static String line(String name, long points, long all, int width) {
        double share = all == 0 ? 0 : (double) points / all;
        String bar = "#".repeat((int) Math.round(share * BAR));
        return String.format(Locale.ROOT, "  %-" + width + "s  %,12d  %5.1f %%  %s", name, points, 100 * share, bar)
                .stripTrailing();
    }
}
