/** Run folders, and the execution of pipelines stage by stage. */
package org.scenecontexts.runtime.run;
