/** Dense arithmetic with the Vector API; loaded only where {@code jdk.incubator.vector} is present. */
package org.scenecontexts.engine.cpu.vector;
