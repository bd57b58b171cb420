/** The CPU engine: threads, pooled buffers and dense kernels. */
package org.scenecontexts.engine.cpu;
