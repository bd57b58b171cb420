package org.scenecontexts.sparseconv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Reference;
import org.scenecontexts.api.workload.Workload.Tier;

/** The published network as a whole, with its maps built in every run or, where a device is measured, given. */
final class NetworkWorkloads {

    private static final String MACHINE = " on another machine (2 cores, AMD Zen 5, AVX-512)";

    private static final String DEFAULT = "MinkowskiEngine 0.4.3, OpenBLAS 0.3.21 as installed, 1 thread," + MACHINE;

    private static final String TUNED = "MinkowskiEngine 0.4.3, OpenBLAS 0.3.21 tuned, 1 thread," + MACHINE;

    /** Seconds that the published stack took: evaluation and training step, default and tuned (recorded in BASELINE.md). */
    private static final Map<RoomSize, double[]> PUBLISHED = Map.of(
            RoomSize.K20, new double[] {0.77, 0.48, 1.90, 1.17},
            RoomSize.K60, new double[] {2.37, 1.71, 6.2, 4.04},
            RoomSize.K150, new double[] {8.0, 5.15, 21.3, 13.4});

    private NetworkWorkloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (RoomSize room : new RoomSize[] {RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            Tier tier = room == RoomSize.K150 ? Tier.FULL : Tier.STANDARD;
            double[] seconds = PUBLISHED.get(room);
            all.add(Workload.of(
                            "res16unet34c/forward/" + room.label(),
                            tier,
                            context -> new NetworkRun(context, room, false, false))
                    .asWholeNetwork()
                    .with(new Reference(DEFAULT, 1, seconds[0]))
                    .with(new Reference(TUNED, 1, seconds[1])));
            all.add(Workload.of(
                            "res16unet34c/step/" + room.label(),
                            tier,
                            context -> new NetworkRun(context, room, true, false))
                    .asWholeNetwork()
                    .with(new Reference(DEFAULT, 1, seconds[2]))
                    .with(new Reference(TUNED, 1, seconds[3])));
        }
        for (RoomSize room : new RoomSize[] {RoomSize.K3, RoomSize.K60, RoomSize.K150}) {
            all.add(given("forward", room, false));
            all.add(given("step", room, true));
        }
        return all;
    }

    private static Workload given(String what, RoomSize room, boolean training) {
        return Workload.of(
                        "res16unet34c/maps-given/" + what + "/" + room.label(),
                        Tier.FULL,
                        context -> new NetworkRun(context, room, training, true))
                .asWholeNetwork();
    }
}
