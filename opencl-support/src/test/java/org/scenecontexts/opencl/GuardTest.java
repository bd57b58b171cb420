package org.scenecontexts.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GuardTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LaunchGuard.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LaunchGuard guard = new LaunchGuard("sums");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void saysNothingWhileTheDeviceWorks() {
        assertThat(guard.attempt(() -> {})).isTrue();
        assertThat(guard.attempt(() -> {})).isTrue();
        assertThat(log.list).isEmpty();
    }

    @Test
    void warnsOnceWithTheReasonAndLeavesTheDeviceAloneFromThenOn() {
        int[] runs = {0};
        Runnable failing = () -> {
            runs[0]++;
            throw new DeviceFailure("its memory is full");
        };

        assertThat(guard.attempt(failing)).isFalse();
        assertThat(guard.attempt(failing)).isFalse();

        assertThat(runs[0]).isEqualTo(1);
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getFormattedMessage())
                                .isEqualTo(
                                        "OpenCL is no longer used for sums, which run on the CPU from now on: its memory is full"));
    }

    @Test
    void mistakesOfTheCallerAreNotTakenForFailuresOfTheDevice() {
        Runnable mistake = () -> {
            throw new IllegalArgumentException("array too short");
        };

        assertThatThrownBy(() -> guard.attempt(mistake)).hasMessage("array too short");
        assertThat(guard.attempt(() -> {})).isTrue();
    }
}
