/** Measuring workloads: selection, timing against the machine's own peak, tables and the results page. */
package org.scenecontexts.bench;
