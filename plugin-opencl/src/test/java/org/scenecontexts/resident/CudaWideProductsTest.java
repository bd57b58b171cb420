package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Products in large tiles, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaWideProductsTest extends WideProductsTest {}
