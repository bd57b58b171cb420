/** The same work as libtorch does it on a CPU, measured in the same run; compiled with {@code -Ppeer} only. */
package org.scenecontexts.benchmarks.peer;
