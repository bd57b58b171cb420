package org.scenecontexts.contrastive.loss;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** The contrastive losses, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaContrastKernelsTest extends DeviceContrastKernelsTest {}
