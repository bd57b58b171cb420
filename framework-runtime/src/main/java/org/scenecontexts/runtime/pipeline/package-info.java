/**
 * What a pipeline is: its stages and their keys as records, references between stages, overrides from the command line,
 * and the loader that turns a YAML file into a validated {@link org.scenecontexts.runtime.pipeline.Pipeline}.
 */
package org.scenecontexts.runtime.pipeline;
