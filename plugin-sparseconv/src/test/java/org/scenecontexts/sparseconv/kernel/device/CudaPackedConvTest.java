package org.scenecontexts.sparseconv.kernel.device;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Kept activations read by matrix units, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaPackedConvTest extends PackedConvTest {}
