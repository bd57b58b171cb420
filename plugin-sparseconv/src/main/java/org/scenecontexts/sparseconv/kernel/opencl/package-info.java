/** Sparse convolution on OpenCL devices, through kernels that Aparapi translates. */
package org.scenecontexts.sparseconv.kernel.opencl;
