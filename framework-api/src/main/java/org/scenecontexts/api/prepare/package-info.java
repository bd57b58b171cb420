/** Turning raw data into data that training can read: the extension point behind {@code prepare} stages. */
package org.scenecontexts.api.prepare;
