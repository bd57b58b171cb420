package org.scenecontexts.runtime.train;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.runtime.load.RequiredParts;
import org.scenecontexts.runtime.run.RunContext;

/**
 * Knows whether a training learns anything at all, so that one that does not stops with the reason instead of ending as if
 * it had.
 */
final class Learning {

    private static final int NAMED = 5;

    private final Dataset data;
    private final Set<ScenePart> needs;
    private final RunContext context;
    private final Set<String> reasons = new LinkedHashSet<>();
    private boolean searched;
    private boolean learnt;
    private long idle;

    /**
     * @param needs what the task's loss compares with
     */
    Learning(Dataset data, Set<ScenePart> needs, RunContext context) {
        this.data = data;
        this.needs = needs;
        this.context = context;
    }

    /** Whether a batch has nothing that the loss could compare with. */
    boolean lacksParts(Batch batch) {
        return RequiredParts.lacking(batch, needs).isPresent();
    }

    /** Goes on where an earlier part of this training has learnt something, or has not. */
    void resumed(boolean learntBefore) {
        learnt = learntBefore;
    }

    /** A gradient came from a batch. */
    void learnt() {
        learnt = true;
    }

    boolean hasLearnt() {
        return learnt;
    }

    /**
     * Nothing is learnt from a batch, because it has no labels, or nothing else to compare with.
     *
     * @throws org.scenecontexts.api.data.CloudException when the whole data set has none
     */
    Optional<String> without(Batch batch) {
        if (!searched) {
            RequiredParts.require(data, needs, "the training data");
            searched = true;
        }
        String what = RequiredParts.lacking(batch, needs)
                .or(() -> Optional.of(ScenePart.LABELS).filter(needs::contains))
                .map(part -> part.equals(ScenePart.LABELS) ? "has no labelled point" : "has no " + part)
                .orElse("gives the loss nothing to compare");
        return idle(batch, scenes(batch) + ": " + what + ", so nothing is learnt from it");
    }

    /** A batch is left out, because a layer cannot train on so few rows. */
    Optional<String> tooSmall(Batch batch, String reason) {
        long rows = batch.views().stream().mapToLong(view -> view.rows()).sum();
        return idle(batch, scenes(batch) + ": left out, too small to train on (" + rows + " rows): " + reason);
    }

    /** Tells, and gives the reason to stop once every example has been seen in vain. */
    private Optional<String> idle(Batch batch, String message) {
        context.warn(message);
        if (reasons.size() < NAMED) {
            reasons.add(message);
        }
        idle += batch.samples().size();
        return !learnt && idle >= data.size() ? nothing() : Optional.empty();
    }

    /** Why the training has come to nothing; empty when it has not. */
    Optional<String> nothing() {
        if (learnt) {
            return Optional.empty();
        }
        String origin = data.origin();
        return Optional.of("nothing was learnt from any of the " + data.size() + " examples"
                + (origin.isEmpty() ? "" : " (" + origin + ")") + ": " + String.join("; ", reasons));
    }

    private static String scenes(Batch batch) {
        return batch.samples().stream()
                .map(sample -> "'" + sample.example().id() + "'")
                .collect(Collectors.joining(", "));
    }
}
