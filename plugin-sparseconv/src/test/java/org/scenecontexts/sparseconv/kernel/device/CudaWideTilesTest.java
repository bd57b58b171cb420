package org.scenecontexts.sparseconv.kernel.device;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Sparse convolution in wide tiles, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaWideTilesTest extends WideTilesTest {}
