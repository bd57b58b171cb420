/** What a run is made of: its folder, its chance, its models. */
package org.scenecontexts.runtime.run;
