/** Point operators for devices in whose memory values stay, in OpenCL C. */
package org.scenecontexts.pointnet2.kernel.device;
