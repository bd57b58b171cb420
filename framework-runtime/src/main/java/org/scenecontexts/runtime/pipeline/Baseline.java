package org.scenecontexts.runtime.pipeline;

import org.scenecontexts.runtime.config.Position;

/**
 * The value of an axis that the others are held against ({@code matrix: {baseline: {init: scratch}, ...}}).
 *
 * @param axis of the matrix
 * @param value the name of one of its values
 * @param position where it is written
 * @since 0.2
 */
public record Baseline(String axis, String value, Position position) {}
