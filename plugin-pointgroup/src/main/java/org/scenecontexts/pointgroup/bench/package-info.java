/** What finding objects costs, for csc bench. */
package org.scenecontexts.pointgroup.bench;
