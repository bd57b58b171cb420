package org.scenecontexts.resident.family;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.resident.ResidentEngine;

/**
 * Offers one family of primitives to the engine whose values stay on a device; all share one source.
 *
 * @param <K> the family
 */
public abstract class FamilyProvider<K> implements KernelProvider<K> {

    private final Class<K> type;
    private final BiFunction<DeviceProgram, Indices, K> make;

    FamilyProvider(Class<K> type, BiFunction<DeviceProgram, Indices, K> make) {
        this.type = type;
        this.make = make;
    }

    /** All of them. */
    public static List<KernelProvider<?>> all() {
        return List.of(new Functions(), new OfGroups(), new Shares(), new Layouts());
    }

    @Override
    public final Class<K> type() {
        return type;
    }

    @Override
    public final String device() {
        return ResidentEngine.NAME;
    }

    @Override
    public final K create(TensorEngine engine) {
        return make.apply(
                DevicePrograms.of(engine).compile(FamilyProvider.class, "families.cl", Map.of()),
                engine.indices(new int[1], 1));
    }

    /** Functions of one number. */
    @Extension
    public static final class Functions extends FamilyProvider<PointwiseKernels> {
        public Functions() {
            super(PointwiseKernels.class, (program, unused) -> new ResidentPointwise(program));
        }
    }

    /** Reductions of groups of rows. */
    @Extension
    public static final class OfGroups extends FamilyProvider<GroupKernels> {
        public OfGroups() {
            super(GroupKernels.class, ResidentGroups::new);
        }
    }

    /** Shares that add up to one. */
    @Extension
    public static final class Shares extends FamilyProvider<SoftmaxKernels> {
        public Shares() {
            super(SoftmaxKernels.class, ResidentSoftmax::new);
        }
    }

    /** Numbers moved to other places. */
    @Extension
    public static final class Layouts extends FamilyProvider<LayoutKernels> {
        public Layouts() {
            super(LayoutKernels.class, (program, unused) -> new ResidentLayout(program));
        }
    }
}
