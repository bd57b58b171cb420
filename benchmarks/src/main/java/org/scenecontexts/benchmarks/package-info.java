/** JMH benchmarks over the workloads that plugins offer to {@code csc bench}. */
package org.scenecontexts.benchmarks;
