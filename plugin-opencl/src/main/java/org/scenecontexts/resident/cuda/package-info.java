/** Calls of NVIDIA's driver and of its run-time compiler through the JDK's foreign-function interface. */
package org.scenecontexts.resident.cuda;
