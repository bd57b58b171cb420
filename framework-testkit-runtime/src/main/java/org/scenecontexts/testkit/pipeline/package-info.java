/** Runs whole pipelines in tests, with plugins of the test's own beside those on the class path. */
package org.scenecontexts.testkit.pipeline;
