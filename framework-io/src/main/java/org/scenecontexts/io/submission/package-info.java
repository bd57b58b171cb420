/** Folders that benchmarks' servers take: what all of them have in common. */
@Incubating
package org.scenecontexts.io.submission;

import org.scenecontexts.api.Incubating;
