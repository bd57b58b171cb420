/** ND4J arrays as the engine's buffers. */
package org.scenecontexts.nd4j.memory;
