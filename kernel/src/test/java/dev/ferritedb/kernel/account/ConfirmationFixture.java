package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A kernel with an account, and the mails it sends.
final class ConfirmationFixture implements AutoCloseable {
    static final String ALICE = "alice@example.com";

    final KernelFixture kernel;
    final StoredRecord alice;

    ConfirmationFixture(Path folder) {
        kernel = KernelFixture.in(folder);
        alice = kernel.account("users", ALICE);
    }

    Accounts accounts() {
        return kernel.kernel().accounts();
    }

    /// The account as it is now.
    StoredRecord now() {
        return kernel.view(KernelFixture.operator(), "users", alice.id());
    }

    String session() {
        return accounts().signIn().tokenFor("users", ALICE, java.time.Duration.ZERO);
    }

    Sessions.Tokens openSession() {
        Sessions.Outcome outcome = accounts()
                .sessions()
                .login(KernelFixture.guest(), "users", body("{'email':'" + ALICE + "','password':'correct horse'}"));
        if (outcome instanceof Sessions.Outcome.Opened opened) return opened.tokens();
        throw new AssertionError("no session but " + outcome);
    }

    boolean isSignedIn(String token) {
        return kernel.kernel().authenticator().callerOf(token).signedIn().isPresent();
    }

    boolean signsIn(String email, String password) {
        try {
            return accounts()
                            .signIn()
                            .withPassword(
                                    KernelFixture.guest(),
                                    "users",
                                    body("{'identity':'" + email + "','password':'" + password + "'}"))
                    instanceof SignInOutcome.SignedIn;
        } catch (Refusal refused) {
            return false;
        }
    }

    String requestVerification(String email) {
        accounts().verification().request(KernelFixture.guest(), "users", body("{'email':'" + email + "'}"));
        return kernel.mails().to(email).isEmpty() ? "" : kernel.mails().token(email);
    }

    void confirmVerification(String collection, String token) {
        accounts().verification().confirm(KernelFixture.guest(), collection, body("{'token':'" + token + "'}"));
    }

    String requestPasswordReset(String email) {
        accounts().passwordReset().request(KernelFixture.guest(), "users", body("{'email':'" + email + "'}"));
        return kernel.mails().to(email).isEmpty() ? "" : kernel.mails().token(email);
    }

    void confirmPasswordReset(String collection, String token, String password) {
        accounts()
                .passwordReset()
                .confirm(
                        KernelFixture.guest(),
                        collection,
                        body("{'token':'" + token + "','password':'" + password + "','passwordConfirm':'" + password
                                + "'}"));
    }

    String requestEmailChange(String newEmail) {
        accounts().emailChange().request(KernelFixture.member(now()), "users", body("{'newEmail':'" + newEmail + "'}"));
        return kernel.mails().token(newEmail);
    }

    void confirmEmailChange(String collection, String token, String password) {
        accounts()
                .emailChange()
                .confirm(
                        KernelFixture.guest(),
                        collection,
                        body("{'token':'" + token + "','password':'" + password + "'}"));
    }

    /// A link to an identity provider, as if it had been made.
    void linkProvider() {
        kernel.create(
                "_externalAuths",
                "{'collectionRef':'_pb_users_auth_','recordRef':'" + alice.id()
                        + "','provider':'google','providerId':'g1'}");
    }

    /// How many of `count` runs of `work` at once are not refused.
    /// @throws AssertionError when one fails otherwise than by `Invalid`
    static int successes(int count, Runnable work) {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < count; i++) {
            tasks.add(() -> {
                try {
                    work.run();
                    return true;
                } catch (Refusal refusal) {
                    if (refusal.problem() instanceof Problem.Invalid) return false;
                    throw refusal;
                }
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> done = threads.invokeAll(tasks);
            int successes = 0;
            for (Future<Boolean> one : done) if (one.get()) successes++;
            return successes;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /// What was audited of accounts since the fixture was made: actor, action and what it was done to.
    List<String> actions() {
        return kernel.audited().stream()
                .filter(entry ->
                        entry.resource().equals("users") && !entry.action().startsWith("user_"))
                .filter(entry -> !List.of("impersonate", "login", "logout").contains(entry.action()))
                .map(entry -> entry.actor() + " " + entry.action() + " users/" + entry.id())
                .toList();
    }

    /// The account as the audit log names it.
    String self() {
        return "users/" + alice.id();
    }

    /// A token of any kind for the account.
    String token(TokenKind kind) {
        return switch (kind) {
            case AUTH -> session();
            case VERIFICATION -> requestVerification(ALICE);
            case PASSWORD_RESET -> requestPasswordReset(ALICE);
            case EMAIL_CHANGE -> requestEmailChange("alice@new.example");
            case ACCESS -> openSession().accessToken();
            case FILE -> throw new IllegalArgumentException("no use case makes one yet");
        };
    }

    @Override
    public void close() {
        kernel.close();
    }
}
