package org.scenecontexts.sparseconv.kernel.device;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Kernel maps that are found on the device, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaFoundMapsTest extends FoundMapsTest {}
