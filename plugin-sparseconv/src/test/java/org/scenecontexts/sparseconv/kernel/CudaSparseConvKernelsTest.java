package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Sparse convolution, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaSparseConvKernelsTest extends DeviceSparseConvKernelsTest {}
