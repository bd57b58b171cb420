/** The loss of boxes for devices in whose memory values stay, in OpenCL C. */
package org.scenecontexts.votenet.loss.device;
