/** What every engine's kernels of the API's contracts must do; tests of each extend these. */
package org.scenecontexts.testkit.conformance;
