package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Norms of activations in half their memory, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaBfloat16NormTest extends Bfloat16NormTest {}
