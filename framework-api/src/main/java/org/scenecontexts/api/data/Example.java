package org.scenecontexts.api.data;

import java.util.List;

/**
 * What a data set hands out for one index: a scene, or several views of one place.
 *
 * @param id unique in the data set
 * @param views one scene for ordinary data; two scenes in one common world frame, with one origin, for pair data (REFERENCE 4.1)
 * @since 0.1
 */
public record Example(String id, List<Scene> views) {

    /** @throws IllegalArgumentException when there is no view, or views have different origins */
    public Example {
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("example '" + id + "' has no view; at least one is expected");
        }
        for (Scene view : views) {
            if (!view.origin().equals(views.getFirst().origin())) {
                throw new IllegalArgumentException("example '" + id + "': its views have the origins "
                        + views.getFirst().origin() + " and " + view.origin()
                        + "; views of one place need one origin, so that positions can be compared");
            }
        }
    }

    public static Example of(Scene scene) {
        return new Example(scene.id(), List.of(scene));
    }

    /** The only view of ordinary data, or the first of several. */
    public Scene scene() {
        return views.getFirst();
    }
}
