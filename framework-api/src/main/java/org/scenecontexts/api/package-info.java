/**
 * What a plugin author compiles against: extension points, the data model, tensors with autograd, layers, and the
 * contracts of tasks, metrics and optimizers. Depends on nothing else of this project.
 */
@Incubating
package org.scenecontexts.api;
