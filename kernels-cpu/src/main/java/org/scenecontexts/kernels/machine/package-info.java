/** Register tiles in instructions of x86-64 that this package writes itself; see ADR 0007. */
package org.scenecontexts.kernels.machine;
