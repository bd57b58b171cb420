/** The processor's kernels of {@link org.scenecontexts.api.engine.kernel}: cut into pieces that depend on sizes only. */
package org.scenecontexts.engine.cpu.family;
