/** Point operators on OpenCL devices, through kernels that Aparapi translates. */
package org.scenecontexts.pointnet2.kernel.opencl;
