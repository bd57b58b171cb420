package org.scenecontexts.runtime.execute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the commit that this program was built from, where it runs from a checkout: a version alone names many programs. */
final class Checkout {

    private static final Logger LOG = LoggerFactory.getLogger(Checkout.class);

    /** Where the distribution lies in a checkout. */
    private static final Path DISTRIBUTION = Path.of("cli", "target", "dist");

    private static final long SECONDS = 5;

    private final Optional<String> commit;

    private Checkout(Optional<String> commit) {
        this.commit = commit;
    }

    /** @param home folder of the distribution; empty where there is none */
    static Checkout of(String home) {
        Path folder = Path.of(home).toAbsolutePath().normalize();
        boolean built = !home.isEmpty() && folder.endsWith(DISTRIBUTION);
        Path root = built ? folder.getParent().getParent().getParent() : folder;
        return new Checkout(built && Files.exists(root.resolve(".git")) ? described(root) : Optional.empty());
    }

    /** The commit's hash, with {@code -dirty} where a tracked file differs from it; empty where nobody knows. */
    Optional<String> commit() {
        return commit;
    }

    private static Optional<String> described(Path root) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=40")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.exitValue() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("no commit is put on record: {}", e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
