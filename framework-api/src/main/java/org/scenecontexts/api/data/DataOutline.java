package org.scenecontexts.api.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * What is known of a data set from its configuration alone, so that a pipeline whose parts do not fit is refused before it
 * runs.
 *
 * @param views views of every example; empty when not known
 * @param parts what scenes have, or have not; a part that is not named is one that only the files can tell
 * @param attributesStated whether {@code parts} names all attributes that there are
 * @param classes the classes, in the order of their numbers; empty when only the files can tell
 * @since 0.1
 */
public record DataOutline(
        OptionalInt views, Map<ScenePart, Boolean> parts, boolean attributesStated, Optional<SceneClasses> classes) {

    public DataOutline {
        parts = Map.copyOf(parts);
    }

    /** Nothing is known. */
    public static DataOutline unknown() {
        return new DataOutline(OptionalInt.empty(), Map.of(), false, Optional.empty());
    }

    /** Labelled scenes, one to an example, of these classes, without attributes. */
    public static DataOutline labelledScenes(SceneClasses classes) {
        return unknown().withViews(1).withLabelled(true).withClasses(classes).withAttributes(Set.of());
    }

    /** What a chosen data set states. */
    public static DataOutline of(Choice<BuildContext, Dataset> choice) {
        return choice.factory() instanceof DatasetFactory<?> factory ? of(factory, choice.config()) : unknown();
    }

    private static <C extends Record> DataOutline of(DatasetFactory<C> factory, Record config) {
        return factory.outline(factory.configType().cast(config));
    }

    public DataOutline withViews(int count) {
        return new DataOutline(OptionalInt.of(count), parts, attributesStated, classes);
    }

    /** Whether points have classes. */
    public DataOutline withLabelled(boolean known) {
        return with(ScenePart.LABELS, known);
    }

    /** Whether scenes have a part. */
    public DataOutline with(ScenePart part, boolean known) {
        Map<ScenePart, Boolean> more = new HashMap<>(parts);
        more.put(part, known);
        return new DataOutline(views, more, attributesStated, classes);
    }

    /** States all attributes that scenes have. */
    public DataOutline withAttributes(Set<ScenePart> attributes) {
        Map<ScenePart, Boolean> more = new HashMap<>(parts);
        attributes.forEach(attribute -> more.put(attribute, true));
        return new DataOutline(views, more, true, classes);
    }

    /** Names of the attributes of points that are known to be there, in alphabetical order. */
    public List<String> pointAttributes() {
        return parts.entrySet().stream()
                .filter(entry -> entry.getValue() && entry.getKey().kind() == ScenePart.Kind.POINT_ATTRIBUTE)
                .map(entry -> entry.getKey().name())
                .sorted()
                .toList();
    }

    /** Whether scenes have a part; empty when only the files can tell. */
    public Optional<Boolean> has(ScenePart part) {
        return Optional.ofNullable(parts.get(part))
                .or(() -> attributesStated && part.isAttribute() ? Optional.of(false) : Optional.empty());
    }

    public DataOutline withClasses(SceneClasses known) {
        return new DataOutline(views, parts, attributesStated, Optional.of(known));
    }
}
