/** Sparse convolution for devices in whose memory values stay, in OpenCL C. */
package org.scenecontexts.sparseconv.kernel.device;
