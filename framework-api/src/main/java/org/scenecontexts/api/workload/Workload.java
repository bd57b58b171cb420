package org.scenecontexts.api.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One piece of work that can be measured, known by name before anything is computed.
 *
 * @param name parts joined by slashes, from the general to the special, e.g. {@code conv3/forward/64/60k}
 * @param tier the smallest selection that it belongs to
 * @param wholeNetwork whether its resident memory and its parts are of interest, so that it is also run in a process of
 *     its own and taken apart by kind of work
 * @param peerOf the workload that this one does the same as, with somebody else's program; a table shows the ratio
 * @param references published times of the same work on other machines
 * @param preparer makes it ready to run
 * @since 0.1
 */
public record Workload(
        String name,
        Tier tier,
        boolean wholeNetwork,
        Optional<String> peerOf,
        List<Reference> references,
        Preparer preparer) {

    public Workload {
        Objects.requireNonNull(name, "name");
        references = List.copyOf(references);
    }

    /** How long a selection takes: each tier holds those before it. */
    public enum Tier {
        /** Seconds. */
        QUICK,
        /** About five minutes for everything. */
        STANDARD,
        /** As long as it takes. */
        FULL
    }

    /**
     * A time that somebody else measured elsewhere; for orientation only.
     *
     * @param label who, with what, on which machine
     * @param threads threads that it ran on
     * @param seconds time of one run
     */
    public record Reference(String label, int threads, double seconds) {}

    /** Makes a workload ready to run on an engine. */
    @FunctionalInterface
    public interface Preparer {
        /** @param context what the measuring program lends; used until the result is closed */
        PreparedWorkload prepare(WorkloadContext context);
    }

    /** A part of a network, compared with nobody. */
    public static Workload of(String name, Tier tier, Preparer preparer) {
        return new Workload(name, tier, false, Optional.empty(), List.of(), preparer);
    }

    /** The same, as a whole network. */
    public Workload asWholeNetwork() {
        return new Workload(name, tier, true, peerOf, references, preparer);
    }

    /** The same, as a peer of another workload. */
    public Workload asPeerOf(String other) {
        return new Workload(name, tier, wholeNetwork, Optional.of(other), references, preparer);
    }

    /** The same with one more published time. */
    public Workload with(Reference reference) {
        List<Reference> more = new ArrayList<>(references);
        more.add(reference);
        return new Workload(name, tier, wholeNetwork, peerOf, more, preparer);
    }
}
