/** What every engine's kernels of the API's contracts must do; tests of each extend these. */
@Incubating
package org.scenecontexts.testkit.conformance;

import org.scenecontexts.api.Incubating;
