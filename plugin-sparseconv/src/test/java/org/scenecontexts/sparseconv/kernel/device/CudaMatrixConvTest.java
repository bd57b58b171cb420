package org.scenecontexts.sparseconv.kernel.device;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Sparse convolution with the instructions of matrix units emulated, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaMatrixConvTest extends MatrixConvTest {}
