package org.scenecontexts.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadSuite;

/**
 * Offers the 3x3x3 convolution and the network's evaluation as one writes them with libtorch: per kernel offset gather
 * rows, multiply, add where they belong.
 *
 * @since 0.1
 */
@Extension
public final class LibtorchSuite implements WorkloadSuite {

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String summary() {
        return "libtorch's CPU path (index_select, mm, index_add_ per kernel offset) on the same clouds and maps.";
    }

    @Override
    public List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        for (int size : new int[] {1024, 2048}) {
            all.add(Workload.of(
                            "libtorch/gemm/" + size,
                            Tier.STANDARD,
                            context -> TorchConvolution.product(context, size))
                    .asPeerOf("gemm/" + size));
        }
        for (RoomSize room : new RoomSize[] {RoomSize.K8, RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            for (int channels : new int[] {32, 64, 96, 128, 256}) {
                RoomSize usual = channels == 256 ? RoomSize.K8 : RoomSize.K60;
                Tier tier = room == usual ? Tier.STANDARD : Tier.FULL;
                for (TorchConvolution.Pass pass : TorchConvolution.Pass.values()) {
                    String of = "conv3/" + pass.label() + "/" + channels + "/" + room.label();
                    all.add(Workload.of(
                                    "libtorch/" + of,
                                    tier,
                                    context -> TorchConvolution.prepare(context, room, channels, pass))
                            .asPeerOf(of));
                }
            }
        }
        for (RoomSize room : new RoomSize[] {RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            String of = "res16unet34c/forward/" + room.label();
            Tier tier = room == RoomSize.K150 ? Tier.FULL : Tier.STANDARD;
            all.add(Workload.of("libtorch/" + of, tier, context -> new TorchNetwork(context, room))
                    .asPeerOf(of));
        }
        return all;
    }
}
