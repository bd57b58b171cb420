package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** All dense primitives, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaDenseKernelsTest extends ResidentDenseKernelsTest {}
