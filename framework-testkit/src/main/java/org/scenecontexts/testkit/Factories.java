package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.scenecontexts.api.plugin.Factory;

/** What holds for factories of every kind. */
final class Factories {

    private Factories() {}

    /** A name for {@code type:}, one line for listings, a configuration record, and a constructor that the framework can call. */
    static void check(Factory<?, ?, ?> factory) {
        assertThat(factory.name()).as("name for type:").matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(factory.summary())
                .as("summary of %s", factory.name())
                .isNotBlank()
                .doesNotContain("\n");
        assertThat(factory.configType().isRecord())
                .as("configuration of %s", factory.name())
                .isTrue();
        assertThat(factory.getClass().getConstructors())
                .as(
                        "public constructors of %s without arguments",
                        factory.getClass().getName())
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }
}
