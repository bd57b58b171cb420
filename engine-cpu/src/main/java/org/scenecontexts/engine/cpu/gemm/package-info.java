/** Dense matrix products of the CPU engine: one interface, a plain and a vectorised implementation. */
package org.scenecontexts.engine.cpu.gemm;
