package org.scenecontexts.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingEnd;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;
import org.scenecontexts.runtime.log.Json;
import org.scenecontexts.runtime.pipeline.StageFailedException;
import org.scenecontexts.runtime.run.StageFolder;
import org.scenecontexts.runtime.toy.ToyHook;
import org.scenecontexts.runtime.toy.Toys;

/** What a hook is told, in which order, and what it can do. */
class TrainingHookTest {

    /** Two passes a step, a measurement after step 2 and at the end, a checkpoint after step 2. */
    private static final String[] SHORT = {
        "stages.learn.iterations=3", "stages.learn.validation.every=2", "stages.learn.checkpoint-every=2"
    };

    @TempDir
    Path runs;

    private void train(TrainingHook hook, String... overrides) {
        List<String> all = new ArrayList<>(List.of(SHORT));
        all.add("stages.learn.hooks=[{type: toy-hook}]");
        all.addAll(List.of(overrides));
        Toys.run(
                runs,
                Toys.TRAIN,
                Toys.catalog(index -> {}, new ToyHook(() -> hook)),
                1,
                false,
                all.toArray(String[]::new));
    }

    private StageFolder stage() {
        return new StageFolder(runs.resolve("toys/learn"));
    }

    private static class Telling implements TrainingHook {
        final List<String> told = new ArrayList<>();

        @Override
        public void begin(TrainingRun run) {
            told.add("begin after " + run.start().iteration());
        }

        @Override
        public void beforeStep(TrainingStep step) {
            told.add("before " + step.at().iteration());
        }

        @Override
        public void beforeUpdate(TrainingStep step) {
            told.add("update " + step.at().iteration());
        }

        @Override
        public void afterStep(TrainingStep step) {
            told.add("after " + step.at().iteration());
        }

        @Override
        public void measured(Measurement measurement) {
            told.add("measured " + measurement.at().iteration());
        }

        @Override
        public void beforeUse() {
            told.add("use");
        }

        @Override
        public void afterUse() {
            told.add("used");
        }

        @Override
        public void checkpoint(TrainingProgress at) {
            told.add("checkpoint " + at.iteration());
        }

        @Override
        public void end(TrainingEnd end) {
            told.add("end " + end.at().iteration());
        }

        @Override
        public void failed(TrainingProgress at, Throwable failure) {
            told.add("failed in " + at.iteration() + ": " + failure.getMessage());
        }
    }

    @Test
    void isToldEverythingInTheOrderWrittenDown() {
        Telling hook = new Telling();
        train(hook);
        assertThat(hook.told)
                .containsExactly(
                        "begin after 0",
                        "before 1",
                        "update 1",
                        "after 1",
                        "before 2",
                        "update 2",
                        "after 2",
                        "use",
                        "used",
                        "measured 2",
                        "checkpoint 2",
                        "use",
                        "used",
                        "before 3",
                        "update 3",
                        "after 3",
                        "use",
                        "used",
                        "measured 3",
                        "use",
                        "used",
                        "end 3");
    }

    @Test
    void seesIterationEpochAndRateBeforeAStepAndItsFiguresAfterIt() {
        List<TrainingProgress> before = new ArrayList<>();
        List<Map<String, Double>> after = new ArrayList<>();
        train(new TrainingHook() {
            @Override
            public void beforeStep(TrainingStep step) {
                before.add(step.at());
                assertThat(step.figures()).isEmpty();
                assertThat(step.learningRate()).isPositive();
            }

            @Override
            public void afterStep(TrainingStep step) {
                after.add(step.figures());
                assertThat(step.gradientNorm()).isPositive();
                assertThat(step.seconds()).isGreaterThanOrEqualTo(step.dataSeconds());
            }
        });
        // 7 scenes, 2 passes of 2 scenes a step
        assertThat(before)
                .containsExactly(
                        new TrainingProgress(1, 3, 0),
                        new TrainingProgress(2, 3, 4.0 / 7),
                        new TrainingProgress(3, 3, 2 * (4.0 / 7)));
        assertThat(after).hasSize(3).allSatisfy(figures -> assertThat(figures).containsKeys("loss", "counted"));
    }

    @Test
    void theTaskIsToldTheSameProgress() {
        List<Double> told = new ArrayList<>();
        List<Double> seen = new ArrayList<>();
        train(new TrainingHook() {
            @Override
            public void afterStep(TrainingStep step) {
                told.add(step.figures().get("told"));
                seen.add((double) (float) (step.at().iteration() + step.at().epoch()));
            }
        });
        assertThat(told).hasSize(3).isEqualTo(seen);
    }

    @Test
    void isToldEachGradientOnceInAStepWhenItIsComplete() {
        Map<String, Double> complete = new java.util.LinkedHashMap<>();
        Map<String, Double> whole = new java.util.HashMap<>();
        train(
                new TrainingHook() {
                    @Override
                    public void gradientComplete(TrainingStep step, String name, Parameter parameter) {
                        assertThat(complete.put(name, length(parameter))).isNull();
                    }

                    @Override
                    public void beforeUpdate(TrainingStep step) {
                        step.gradients().parameters().forEach((name, p) -> whole.put(name, length(p)));
                    }
                },
                "stages.learn.iterations=1");
        assertThat(complete).isEqualTo(whole).containsKeys("final.weight", "0.weight");
        assertThat(complete.keySet()).as("nearest to the loss first").startsWith("final.bias", "final.weight");
    }

    private static double length(Parameter parameter) {
        double sum = 0;
        for (float value : parameter.grad().orElseThrow().toArray()) {
            sum += value * value;
        }
        return sum;
    }

    @Test
    void canEndTheTrainingWhichIsThenMeasuredAndFinished() {
        List<TrainingEnd> ends = new ArrayList<>();
        train(new TrainingHook() {
            private TrainingRun run;

            @Override
            public void begin(TrainingRun newRun) {
                run = newRun;
            }

            @Override
            public void afterStep(TrainingStep step) {
                run.stop("enough");
            }

            @Override
            public void end(TrainingEnd end) {
                ends.add(end);
            }
        });
        assertThat(ends).hasSize(1);
        assertThat(ends.getFirst().stopped()).contains("enough");
        assertThat(Json.read(stage().metrics()).orElseThrow())
                .containsEntry("iterations", 1)
                .containsEntry("stopped", "enough")
                .containsKey("accuracy");
        assertThat(stage().log()).content().contains("ended after iteration 1: enough");
    }

    @Test
    void canSetTheRateOfAStep() {
        double[] moved = {0};
        train(new TrainingHook() {
            @Override
            public void beforeStep(TrainingStep step) {
                step.learningRate(0);
            }

            @Override
            public void afterStep(TrainingStep step) {
                moved[0] += step.learningRate();
                assertThatThrownBy(() -> step.learningRate(1)).hasMessageContaining("in beforeStep only");
                assertThatThrownBy(step::gradients).hasMessageContaining("in beforeUpdate only");
            }
        });
        assertThat(moved[0]).isZero();
    }

    @Test
    void thatThrowsEndsTheTrainingWithItsNameAndTheOthersAreTold() {
        Telling hook = new Telling() {
            @Override
            public void afterStep(TrainingStep step) {
                throw new IllegalStateException("no room left");
            }
        };
        assertThatThrownBy(() -> train(hook))
                .isInstanceOf(StageFailedException.class)
                .hasMessageContaining("the hook 'toy-hook' (hooks[0]) failed after step 1: no room left");
        assertThat(hook.told.getLast()).startsWith("failed in 2: ").contains("no room left");
    }

    @Test
    void thatOnlyLooksCanBeAddedWithoutTrainingAgain() {
        train(new TrainingHook() {}, "stages.learn.hooks=[]");
        Telling hook = new Telling();
        train(hook);
        assertThat(hook.told).isEmpty();
    }

    @Test
    void thatSteersMakesTheStageStartOver() {
        train(new TrainingHook() {}, "stages.learn.hooks=[]");
        Telling hook = new Telling();
        train(hook, "stages.learn.hooks=[{type: toy-hook, observes: false}]");
        assertThat(hook.told).contains("before 1");
    }

    @Test
    void cannotWriteOverACheckpointOfTheFramework() {
        assertThatThrownBy(() -> train(new TrainingHook() {
                    @Override
                    public void begin(TrainingRun run) {
                        run.save("best", Map.of());
                    }
                }))
                .hasMessageContaining("cannot write a checkpoint 'best'");
    }
}
