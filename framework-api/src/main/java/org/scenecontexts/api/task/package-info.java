/** What a network is trained for: tasks, losses, predictions. */
@Incubating
package org.scenecontexts.api.task;

import org.scenecontexts.api.Incubating;
