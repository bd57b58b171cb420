/** What the tests of several modules share; no part of the distribution. */
package org.scenecontexts.testing;
