/** Contrastive losses for devices in whose memory values stay, in OpenCL C. */
package org.scenecontexts.contrastive.loss.device;
