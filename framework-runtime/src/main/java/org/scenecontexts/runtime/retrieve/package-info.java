/** Measures features as they are, by what lies near to what. */
package org.scenecontexts.runtime.retrieve;
