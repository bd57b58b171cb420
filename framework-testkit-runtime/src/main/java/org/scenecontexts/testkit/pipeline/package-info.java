/** Runs whole pipelines in tests, with plugins of the test's own beside those on the class path. */
@Incubating
package org.scenecontexts.testkit.pipeline;

import org.scenecontexts.api.Incubating;
