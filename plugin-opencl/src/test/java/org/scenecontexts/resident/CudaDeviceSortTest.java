package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Sorting and running sums, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaDeviceSortTest extends DeviceSortTest {}
