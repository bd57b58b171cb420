package org.scenecontexts.runtime.pipeline;

import org.scenecontexts.runtime.config.Position;

/**
 * The axis whose values are parts of one data set that are measured in turn ({@code matrix: {folds: area, area: [1, 2, 3]}}).
 *
 * @param axis of the matrix
 * @param position where it is written
 * @since 0.2
 */
public record Folds(String axis, Position position) {}
