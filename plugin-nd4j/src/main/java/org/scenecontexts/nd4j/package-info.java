/** ND4J as an engine: values in its arrays, off the heap. */
package org.scenecontexts.nd4j;
