package org.scenecontexts.resident.dense;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;

/** Many products of one shape on the device, in float32: the tiles of {@code products.cl}, a matrix for each group along z. */
public final class ResidentBatchedProducts implements BatchedProductKernels {

    private static final int TILE = 32;

    /** Most groups along z that every device takes. */
    private static final int AT_ONCE = (1 << 16) - 1;

    private final DeviceProgram program;

    public ResidentBatchedProducts(DevicePrograms programs) {
        program = programs.compile(ResidentBatchedProducts.class, "products.cl", Map.of());
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int batches,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        for (int first = 0; first < batches; first += AT_ONCE) {
            int count = Math.min(AT_ONCE, batches - first);
            program.launch(
                    "gemm",
                    new Groups(Math.ceilDiv(m, TILE), Math.ceilDiv(n, TILE), count),
                    ElementKernels.flag(transposeA),
                    ElementKernels.flag(transposeB),
                    m,
                    n,
                    k,
                    k,
                    1,
                    a.slice(first * m * k, count * m * k),
                    b.slice(first * k * n, count * k * n),
                    c.slice(first * m * n, count * m * n),
                    ElementKernels.flag(accumulate));
        }
    }
}
