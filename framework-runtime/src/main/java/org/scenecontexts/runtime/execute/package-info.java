/** The execution of pipelines, stage by stage. */
package org.scenecontexts.runtime.execute;
