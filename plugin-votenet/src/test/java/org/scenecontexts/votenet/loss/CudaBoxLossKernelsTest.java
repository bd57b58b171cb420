package org.scenecontexts.votenet.loss;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** The loss of boxes, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaBoxLossKernelsTest extends DeviceBoxLossKernelsTest {}
