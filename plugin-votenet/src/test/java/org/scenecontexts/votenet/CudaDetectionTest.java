package org.scenecontexts.votenet;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Steps of a detector, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaDetectionTest extends DeviceDetectionTest {}
