package org.scenecontexts.api.optim;

import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a schedule that pipelines can name under {@code schedule:}.
 *
 * @since 0.1
 */
public interface ScheduleFactory<C extends Record> extends Factory<C, ScheduleFactory.Context, Schedule> {

    /**
     * What the framework lends to a schedule.
     *
     * @param iterations optimizer steps of the whole training
     */
    record Context(long iterations) {}

    @Override
    default Class<Schedule> product() {
        return Schedule.class;
    }
}
