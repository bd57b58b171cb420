package org.scenecontexts.benchmarks.gpu;

import java.io.IOException;
import java.util.List;

/**
 * Sets what was measured beside what an H100 shall show. What was not measured says so with its reason; a rehearsal has measured
 * none of it.
 */
record BarsPart(CheckOptions options, DeviceInfo info) implements CheckPart {

    @Override
    public String title() {
        return "What an H100 shall show";
    }

    @Override
    public boolean takesNoTime() {
        return true;
    }

    @Override
    public Outcome check(Figures figures) throws IOException {
        Figures found = options.small() ? rehearsal() : figures;
        List<Bar> bars = new Bars(info.drivers().first()).all();
        List<Bar> measured = bars.stream()
                .filter(bar -> bar.counts() && bar.found(found).isPresent())
                .toList();
        long missed = measured.stream()
                .filter(bar -> !bar.found(found).filter(bar::met).isPresent())
                .count();
        return Outcome.of(
                title(),
                measured.isEmpty()
                        ? Outcome.Verdict.NOT_DONE
                        : missed == 0 ? Outcome.Verdict.PASSED : Outcome.Verdict.FAILED,
                options.small()
                        ? "no card was at hand: a rehearsal with small sizes measures none of these"
                        : measured.size() + " measured, " + missed
                                + " missed; on another card they are no more than a comparison",
                List.of("what", "wanted", "found", ""),
                bars.stream().map(bar -> bar.row(found)).toList());
    }

    /** Figures of small sizes are none that limits are about. */
    private static Figures rehearsal() {
        Figures none = new Figures();
        none.lack("", "a rehearsal with small sizes");
        return none;
    }
}
