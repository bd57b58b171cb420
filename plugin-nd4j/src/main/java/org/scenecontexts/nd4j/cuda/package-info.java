/** Finds out through the driver whether ND4J's CUDA backend can run, before ND4J is loaded. */
package org.scenecontexts.nd4j.cuda;
