package com.example.tiny;

import java.net.URI;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;

/** Offers a tracker outside of csc as {@code hooks: [{type: http-tracker, url: ...}]}. */
@Extension
public final class HttpTrackerFactory implements TrainingHookFactory<HttpTrackerFactory.Config> {

    /** Keys in a pipeline. */
    public record Config(
            @Doc("Where events are posted, one JSON object each.") @NotEmpty
            String url,

            @Doc("Steps between two events.") @Default("10") @Min(1)
            int every,

            @Doc("Seconds to wait for an answer.") @Default("5") @Min(1)
            int timeout) {

        /** A mistake in the address is shown where it stands. */
        public Config {
            if (!url.matches("https?://.+")) {
                throw new IllegalArgumentException("'" + url + "' is no address of a tracker; write http://... or https://...");
            }
            URI.create(url);
        }
    }

    @Override
    public String name() {
        return "http-tracker";
    }

    @Override
    public String summary() {
        return "Posts what a training does to an experiment tracker.";
    }

    /** A tracker only looks: adding it does not make a finished training run again. */
    @Override
    public boolean observes(Config config) {
        return true;
    }

    @Override
    public TrainingHook create(Config config, Context context) {
        return new HttpTracker(config, context::warn);
    }
}
