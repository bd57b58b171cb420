package org.scenecontexts.pointnet2.kernel;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Point operators, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaPointKernelsTest extends DevicePointKernelsTest {}
