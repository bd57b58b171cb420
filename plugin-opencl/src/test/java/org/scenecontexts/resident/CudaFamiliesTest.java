package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Families of primitives, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaFamiliesTest extends ResidentFamiliesTest {}
