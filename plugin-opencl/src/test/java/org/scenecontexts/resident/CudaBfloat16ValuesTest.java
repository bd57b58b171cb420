package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** Activations in half their memory, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaBfloat16ValuesTest extends Bfloat16ValuesTest {}
