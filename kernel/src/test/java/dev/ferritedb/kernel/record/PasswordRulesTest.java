package dev.ferritedb.kernel.record;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// AUTH-09: which passwords accounts may have.
class PasswordRulesTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        kernel.collection("{'name':'people','type':'auth','createRule':'','updateRule':'id = @request.auth.id'}");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private StoredRecord create(Request request, String password) {
        return kernel.kernel()
                .records()
                .create(request, "people", withPassword(password, "someone@example.com"))
                .record();
    }

    private static Value.Members withPassword(String password, String email) {
        var members = new LinkedHashMap<String, Value>();
        if (!email.isEmpty()) members.put("email", Value.text(email));
        members.put("password", Value.text(password));
        members.put("passwordConfirm", Value.text(password));
        return new Value.Members(members);
    }

    private boolean signsIn(String password) {
        try {
            kernel.kernel()
                    .accounts()
                    .signIn()
                    .withPassword(
                            guest(),
                            "people",
                            new Value.Members(Map.of(
                                    "identity", Value.text("someone@example.com"), "password", Value.text(password))));
            return true;
        } catch (dev.ferritedb.ports.problem.Refusal wrong) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"7, validation_min_text_constraint", "257, validation_max_text_constraint"})
    void refusesOneCharacterTooFewOrTooMany(int length, String code) {
        String emoji = "\ud83d\ude00";

        assertThat(codesOf(() -> create(guest(), emoji.repeat(length)))).isEqualTo(Map.of("password", code));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 256})
    void takesCharactersOfAnyKindAndCountsCodePoints(int length) {
        String emoji = "\ud83d\ude00";
        create(guest(), emoji.repeat(length));

        assertThat(signsIn(emoji.repeat(length))).isTrue();
        assertThat(signsIn(emoji.repeat(length - 1))).isFalse();
    }

    @Test
    void hasEachCharacterCount() {
        String start = "x".repeat(72);
        create(guest(), start + "tail");

        assertThat(signsIn(start + "tail")).isTrue();
        assertThat(signsIn(start + "tale")).isFalse();
        assertThat(signsIn(start)).isFalse();
    }

    @Test
    void knowsAPasswordAgainThatAnotherKeyboardComposesOtherwise() {
        create(guest(), "pa\u00df crème brûlée");

        assertThat(signsIn("pa\u00df cre\u0300me bru\u0302le\u0301e")).isTrue();
        assertThat(signsIn("pa\u00df creme brulee")).isFalse();
    }

    @Test
    void takesSpacesAtTheEndsForPartOfIt() {
        create(guest(), "  eight  ");

        assertThat(signsIn("  eight  ")).isTrue();
        assertThat(signsIn("eight")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "PASSWORD1", "qwertyuiop", "FerriteDB"})
    void refusesWhatEveryoneTriesFirst(String common) {
        Map<String, String> refused = Map.of("password", "validation_common_password");

        assertThat(codesOf(() -> create(guest(), common))).isEqualTo(refused);
        assertThat(codesOf(() -> create(kernel.superuser(), common))).isEqualTo(refused);

        StoredRecord account = create(guest(), "correct horse");
        var mine = new LinkedHashMap<>(withPassword(common, "").members());
        mine.put("oldPassword", Value.text("correct horse"));
        assertThat(codesOf(() -> update(member(account), account, new Value.Members(mine))))
                .isEqualTo(refused);
        assertThat(codesOf(() -> update(kernel.superuser(), account, withPassword(common, ""))))
                .isEqualTo(refused);
        assertThat(signsIn("correct horse")).isTrue();
    }

    private RecordReply update(Request request, StoredRecord account, Value.Members body) {
        return kernel.kernel().records().update(request, "people", account.id(), body);
    }

    @Test
    void refusesOneForWhoeverSetsItByAnotherWay() {
        var changes = kernel.kernel().records().accountChanges();
        var people = kernel.kernel().schema().catalog().named("people").orElseThrow();

        assertThat(changes.passwordProblems(people, "password1", "new"))
                .extracting(problem -> String.join(".", problem.path()) + " " + problem.code())
                .containsExactly("new validation_common_password");
        assertThat(changes.passwordProblems(people, "correct horse", "new")).isEmpty();
    }

    @Test
    void letsTheOperatorChooseOne() {
        create(operator(), "12345678");

        assertThat(signsIn("12345678")).isTrue();
    }

    @Test
    void refusesOneForASuperuserToo() {
        assertThat(codesOf(() -> kernel.create(
                        kernel.superuser(),
                        "_superusers",
                        "{'email':'second@example.com','password':'12345678','passwordConfirm':'12345678'}")))
                .isEqualTo(Map.of("password", "validation_common_password"));
    }

    @Test
    void refusesAMegabyteWithinFiftyMilliseconds() {
        String megabyte = "x".repeat(1 << 20);

        assertThat(fastest(() -> assertThat(codesOf(() -> create(guest(), megabyte)))
                        .isEqualTo(Map.of("password", "validation_max_text_constraint"))))
                .isLessThan(Duration.ofMillis(50));
        assertThat(fastest(() -> assertThat(codesOf(() -> signsInWith(megabyte)))
                        .isEqualTo(Map.of("password", "validation_length_out_of_range"))))
                .isLessThan(Duration.ofMillis(50));
    }

    private static Duration fastest(Runnable work) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            work.run();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return Duration.ofNanos(fastest);
    }

    private Object signsInWith(String password) {
        return kernel.kernel()
                .accounts()
                .signIn()
                .withPassword(guest(), "people", body("{'identity':'a','password':'" + password + "'}"));
    }

    @Test
    void startsNewCollectionsWithTheLengthTheOperatorWants(@TempDir Path other) {
        try (var strict = KernelFixture.with(new AccountPolicy(12, 30, true, SessionPolicy.DEFAULT), other)) {
            strict.collection("{'name':'people','type':'auth'}");
            strict.collection(
                    "{'name':'others','type':'auth','fields':[{'name':'password','type':'password','min':5,'system':true}]}");
            for (String collection : List.of("people", "users", "_superusers")) {
                assertThat(codesOf(() -> strict.create(
                                collection,
                                "{'email':'a@example.com','password':'elevenchars','passwordConfirm':'elevenchars'}")))
                        .as(collection)
                        .isEqualTo(Map.of("password", "validation_min_text_constraint"));
            }
            strict.create("others", "{'email':'b@example.com','password':'fiver','passwordConfirm':'fiver'}");
        }
    }

    @Test
    void leavesOtherPasswordFieldsAlone() {
        kernel.collection("{'name':'safes','createRule':'','fields':[{'name':'code','type':'password'}]}");

        kernel.create(guest(), "safes", "{'code':'12345678'}");
        assertThat(kernel.find("safes", "")).hasSize(1);
    }
}
