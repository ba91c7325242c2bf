package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountChangesTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private StoredRecord ann;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        ann = kernel.account("users", "ann@example.com");
        kernel.turnClock(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private AccountChanges changes() {
        return kernel.kernel().records().accountChanges();
    }

    private StoredRecord change(Map<String, Value> values) {
        return changes().write(writes -> changes().change(writes, ann, values));
    }

    private StoredRecord keepOrigin(StoredRecord account) {
        return changes()
                .write(writes -> changes()
                        .keep(
                                writes,
                                "_authOrigins",
                                Map.of(
                                        "collectionRef",
                                                Value.text(account.collection().id()),
                                        "recordRef", Value.text(account.id()),
                                        "fingerprint", Value.text("f"))));
    }

    @Test
    void keepsTheTokenKeyAndWhatStandsOnItWhenNoCredentialChanges() {
        keepOrigin(ann);

        StoredRecord changed = change(Map.of("verified", Value.Truth.TRUE));

        assertThat(changed.truth("verified")).isTrue();
        assertThat(changed.text("tokenKey")).isEqualTo(ann.text("tokenKey"));
        assertThat(changed.text("updated")).isGreaterThan(ann.text("updated"));
        assertThat(kernel.find("_authOrigins", "")).hasSize(1);
    }

    @Test
    void endsAllThatWasSignedInWithAnotherPasswordOrEmail() {
        keepOrigin(ann);

        StoredRecord changed = change(Map.of("password", changes().hash("another horse")));

        assertThat(changed.text("tokenKey")).hasSize(50).isNotEqualTo(ann.text("tokenKey"));
        assertThat(kernel.find("_authOrigins", "")).isEmpty();
        ann = changed;
        assertThat(change(Map.of("email", Value.text("anna@example.com"))).text("tokenKey"))
                .isNotEqualTo(changed.text("tokenKey"));
    }

    @Test
    void refusesTheEmailOfAnother() {
        kernel.account("users", "bob@example.com");

        assertThat(codesOf(() -> change(Map.of("email", Value.text("bob@example.com")))))
                .containsEntry("email", "validation_not_unique");
    }

    @Test
    void judgesAPasswordByTheFieldsOptionsAtThePlaceItCameFrom() {
        assertThat(changes().passwordProblems(ann.collection(), "short", "newPassword"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).containsExactly("newPassword"));
        assertThat(changes().passwordProblems(ann.collection(), "", "password"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("validation_required"));
        assertThat(changes().passwordProblems(ann.collection(), "long enough", "password"))
                .isEmpty();
    }

    @Test
    void createsUnderTheCreateRuleWithWhatElseBelongsToIt() {
        var body = body("{'email':'new@example.com','password':'correct horse','passwordConfirm':'correct horse'}");

        StoredRecord created = changes()
                .create(
                        guest(),
                        "users",
                        body,
                        (writes, account) -> changes()
                                .keep(
                                        writes,
                                        "_authOrigins",
                                        Map.of(
                                                "collectionRef",
                                                        Value.text(account.collection()
                                                                .id()),
                                                "recordRef", Value.text(account.id()),
                                                "fingerprint", Value.text("f"))));

        assertThat(kernel.find("_authOrigins", "recordRef = '" + created.id() + "'"))
                .hasSize(1);
    }

    @Test
    void createsNothingWhenWhatElseBelongsToItIsRefused() {
        var body = body("{'email':'new@example.com','password':'correct horse','passwordConfirm':'correct horse'}");
        Problem refused = Problem.Invalid.of("no", "No.");

        assertThat(problemOf(() -> changes().create(guest(), "users", body, (_, _) -> {
                    throw new Refusal(refused);
                })))
                .isEqualTo(refused);

        assertThat(kernel.find("users", "email = 'new@example.com'")).isEmpty();
    }

    @Test
    void deletesAnAccountWithWhatTheSystemKeepsOfIt() {
        keepOrigin(ann);

        changes().write(writes -> {
            changes().delete(writes, ann);
            return ann;
        });

        assertThat(kernel.find("users", "")).isEmpty();
        assertThat(kernel.find("_authOrigins", "")).isEmpty();
    }

    @Test
    void makesPasswordsThatNobodyKnows() {
        assertThat(changes().unknownPassword()).isNotEqualTo(changes().unknownPassword());
    }
}
