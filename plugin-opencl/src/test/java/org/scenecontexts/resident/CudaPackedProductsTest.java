package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Products of operands stored as bfloat16, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaPackedProductsTest extends PackedProductsTest {}
