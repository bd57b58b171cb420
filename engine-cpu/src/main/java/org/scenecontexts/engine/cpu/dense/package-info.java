/** How the CPU engine cuts dense arithmetic into chunks, and the plain loops that work on one chunk. */
package org.scenecontexts.engine.cpu.dense;
