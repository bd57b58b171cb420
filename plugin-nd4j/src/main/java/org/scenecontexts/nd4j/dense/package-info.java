/** The dense primitives: operations of ND4J where it has them, else loops on its memory. */
package org.scenecontexts.nd4j.dense;
