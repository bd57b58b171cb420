/**
 * What authors test their plugins with: contracts of extension points as JUnit classes to extend, conformance of engines, checks
 * of gradients, small scenes. Knows the API only; what runs a whole pipeline is in {@code framework-testkit-runtime}.
 */
@Incubating
package org.scenecontexts.testkit;

import org.scenecontexts.api.Incubating;
