/** What a card does with csc: one command that checks and measures it, see {@code benchmarks/gpu-check}. */
package org.scenecontexts.benchmarks.gpu;
