/** Optimizers and learning-rate schedules that come with the framework. */
package org.scenecontexts.runtime.optim;
