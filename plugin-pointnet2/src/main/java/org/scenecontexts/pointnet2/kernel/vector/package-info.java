/** Loops of the point operators with the Vector API; loaded only where {@code jdk.incubator.vector} is present. */
package org.scenecontexts.pointnet2.kernel.vector;
