package org.scenecontexts.runtime.execute;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.scenecontexts.runtime.code.CodeBook;
import org.scenecontexts.runtime.code.CodePart;
import org.scenecontexts.runtime.pipeline.CodeChanges;
import org.scenecontexts.runtime.pipeline.PrepareStage;
import org.scenecontexts.runtime.pipeline.RunStoppedException;
import org.scenecontexts.runtime.pipeline.Stage;
import org.scenecontexts.runtime.run.StageFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a stage would be made of now with what its folder says it was made of, and decides whether it is kept, goes
 * on or starts over.
 */
final class StageHistory {

    private static final Logger LOG = LoggerFactory.getLogger(StageHistory.class);

    /** What becomes of what is there. */
    enum Step {
        /** It is finished and stays. */
        KEEP,
        /** It stays, and the stage goes on from it. */
        GO_ON,
        /** It is moved out of the way. */
        REPLACE,
        /** There is nothing. */
        START
    }

    /**
     * What a stage would be made of now.
     *
     * @param fingerprint of configuration and files
     * @param code by name
     * @param models what tells apart the results of the earlier stages whose models it reads, by id
     */
    record Inputs(String fingerprint, Map<String, CodePart> code, Map<String, String> models) {

        private String made() {
            return Fingerprints.sha256(
                    String.join("\n", fingerprint, CodeBook.identities(code).toString(), models.toString()));
        }
    }

    /**
     * What to do, and what to put on record.
     *
     * @param step what becomes of what is there
     * @param status of the stage once it has begun; where it is kept, as it is on record
     */
    record Decision(Step step, StageFolder.Status status) {}

    private final CodeChanges policy;

    StageHistory(CodeChanges policy) {
        this.policy = policy;
    }

    /** @throws RunStoppedException when the user, asked about changed code, wants to stop */
    Decision decide(Stage stage, StageFolder folder, Inputs now) {
        StageFolder.Status before = folder.status();
        StageFolder.Status anew = new StageFolder.Status(
                now.fingerprint(), false, now.made(), CodeBook.identities(now.code()), now.models());
        if (!Files.exists(folder.path())) {
            return new Decision(Step.START, anew);
        }
        if (!before.fingerprint().equals(now.fingerprint()) || !before.models().equals(now.models())) {
            LOG.info("{}: what it depends on has changed since it was run: starts over", stage.id());
            return new Decision(Step.REPLACE, anew);
        }
        boolean finished = before.finished() && Files.exists(folder.metrics());
        boolean resumes = !finished && (Files.exists(folder.resume()) || stage.config() instanceof PrepareStage);
        if (!finished && !resumes) {
            return new Decision(Step.GO_ON, anew);
        }
        List<String> changes = CodeBook.changes(before.code(), now.code());
        Decision stays = new Decision(finished ? Step.KEEP : Step.GO_ON, finished ? before : resumed(before, anew));
        if (changes.isEmpty()) {
            if (finished) {
                LOG.info(
                        "{}: finished earlier and nothing it depends on has changed; --fresh runs it again",
                        stage.id());
            }
            return stays;
        }
        if (CodeBook.changes(folder.acceptedCode(), now.code()).isEmpty()) {
            LOG.info("{}: {} earlier by other code, which was accepted", stage.id(), finished ? "finished" : "begun");
            return stays;
        }
        return ask(stage, folder, now, changes, stays, anew);
    }

    private Decision ask(
            Stage stage,
            StageFolder folder,
            Inputs now,
            List<String> changes,
            Decision stays,
            StageFolder.Status anew) {
        boolean finished = stays.step() == Step.KEEP;
        String what = "only code has changed since it was " + (finished ? "finished" : "begun") + ": "
                + String.join("; ", changes);
        return switch (policy.about(stage.id(), finished, changes)) {
            case KEEP -> {
                LOG.warn(
                        "{}: {}. {}; --accept-code says that this code makes no difference, --fresh runs everything again",
                        stage.id(),
                        what,
                        finished ? "Its results are kept" : "It goes on all the same");
                yield stays;
            }
            case ACCEPT -> {
                folder.acceptCode(CodeBook.identities(now.code()));
                LOG.info("{}: {}. Accepted, as told", stage.id(), what);
                yield stays;
            }
            case RUN_AGAIN -> {
                LOG.info("{}: {}. Starts over, as told", stage.id(), what);
                yield new Decision(Step.REPLACE, anew);
            }
            case STOP ->
                throw new RunStoppedException("stage '" + stage.id() + "': " + what
                        + ". Stopped, as told; nothing of this stage was changed");
        };
    }

    /** Results that several codes made in turn are told apart from those that each would have made alone. */
    private static StageFolder.Status resumed(StageFolder.Status before, StageFolder.Status anew) {
        String made = before.code().equals(anew.code()) && !before.made().isEmpty()
                ? before.made()
                : Fingerprints.sha256(before.made() + "\n" + anew.code());
        return new StageFolder.Status(anew.fingerprint(), false, made, anew.code(), anew.models());
    }
}
