package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Matrix products with the instructions of matrix units emulated, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaMatrixProductsTest extends MatrixProductsTest {}
