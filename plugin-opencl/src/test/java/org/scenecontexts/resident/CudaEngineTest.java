package org.scenecontexts.resident;

import org.junit.jupiter.api.extension.ExtendWith;
import org.scenecontexts.testing.OnCudaStandIn;

/** What buffers, indices, the stream and the pool promise, by CUDA on its stand-in. */
@ExtendWith(OnCudaStandIn.class)
class CudaEngineTest extends ResidentEngineTest {}
