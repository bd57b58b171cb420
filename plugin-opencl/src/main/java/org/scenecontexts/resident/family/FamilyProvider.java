package org.scenecontexts.resident.family;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.resident.dense.ResidentBatchedProducts;

/**
 * Offers one family of primitives to the engine whose values stay on a device.
 *
 * @param <K> the family
 */
public abstract class FamilyProvider<K> implements KernelProvider<K> {

    private static final String FAMILIES = "families.cl";
    private static final String NORMS = "norms.cl";
    private static final String LOSSES = "losses.cl";

    private final Class<K> type;
    private final Function<TensorEngine, K> make;

    FamilyProvider(Class<K> type, Function<TensorEngine, K> make) {
        this.type = type;
        this.make = make;
    }

    private static DeviceProgram program(TensorEngine engine, String source) {
        return DevicePrograms.of(engine).compile(FamilyProvider.class, source, Map.of());
    }

    /** What kernels are given where they read nothing. */
    private static Indices nothing(TensorEngine engine) {
        return engine.indices(new int[1], 1);
    }

    /** All of them. */
    public static List<KernelProvider<?>> all() {
        return List.of(
                new Functions(),
                new OfGroups(),
                new Shares(),
                new Layouts(),
                new Norms(),
                new OfLosses(),
                new Dropped(),
                new Batches());
    }

    @Override
    public final Class<K> type() {
        return type;
    }

    @Override
    public final String device() {
        return ResidentEngine.KERNELS;
    }

    @Override
    public final K create(TensorEngine engine) {
        return make.apply(engine);
    }

    /** Functions of one number. */
    @Extension
    public static final class Functions extends FamilyProvider<PointwiseKernels> {
        public Functions() {
            super(PointwiseKernels.class, engine -> new ResidentPointwise(program(engine, FAMILIES)));
        }
    }

    /** Reductions of groups of rows. */
    @Extension
    public static final class OfGroups extends FamilyProvider<GroupKernels> {
        public OfGroups() {
            super(GroupKernels.class, engine -> new ResidentGroups(program(engine, FAMILIES), nothing(engine)));
        }
    }

    /** Shares that add up to one. */
    @Extension
    public static final class Shares extends FamilyProvider<SoftmaxKernels> {
        public Shares() {
            super(SoftmaxKernels.class, engine -> new ResidentSoftmax(program(engine, FAMILIES), nothing(engine)));
        }
    }

    /** Numbers moved to other places. */
    @Extension
    public static final class Layouts extends FamilyProvider<LayoutKernels> {
        public Layouts() {
            super(LayoutKernels.class, engine -> new ResidentLayout(program(engine, FAMILIES)));
        }
    }

    /** Norms over groups of rows and parts of columns. */
    @Extension
    public static final class Norms extends FamilyProvider<NormKernels> {
        public Norms() {
            super(
                    NormKernels.class,
                    engine -> new ResidentNorms(program(engine, NORMS), engine.buffers(), nothing(engine)));
        }
    }

    /** Losses beside the cross-entropy of dense arithmetic. */
    @Extension
    public static final class OfLosses extends FamilyProvider<LossKernels> {
        public OfLosses() {
            super(LossKernels.class, engine -> new ResidentLosses(program(engine, LOSSES), engine.buffers()));
        }
    }

    /** Dropout. */
    @Extension
    public static final class Dropped extends FamilyProvider<DropoutKernels> {
        public Dropped() {
            super(DropoutKernels.class, engine -> new ResidentDropout(program(engine, NORMS)));
        }
    }

    /** Many products of one shape. */
    @Extension
    public static final class Batches extends FamilyProvider<BatchedProductKernels> {
        public Batches() {
            super(BatchedProductKernels.class, engine -> new ResidentBatchedProducts(DevicePrograms.of(engine)));
        }
    }
}
