package org.scenecontexts.runtime.pipeline;

/**
 * The value of an axis that the others are held against ({@code matrix: {baseline: {init: scratch}, ...}}).
 *
 * @param axis of the matrix
 * @param value the name of one of its values
 * @since 0.2
 */
public record Baseline(String axis, String value) {}
