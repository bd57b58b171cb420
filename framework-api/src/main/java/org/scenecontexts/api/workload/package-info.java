/** Work that can be measured: what plugins offer to {@code csc bench}, with its arithmetic and memory traffic counted. */
@Incubating
package org.scenecontexts.api.workload;

import org.scenecontexts.api.Incubating;
