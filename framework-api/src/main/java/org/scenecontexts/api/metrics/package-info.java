/** Benchmarks and their reports. */
@Incubating
package org.scenecontexts.api.metrics;

import org.scenecontexts.api.Incubating;
