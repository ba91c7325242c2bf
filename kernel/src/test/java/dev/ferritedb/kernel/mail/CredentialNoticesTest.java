package dev.ferritedb.kernel.mail;

import static dev.ferritedb.kernel.KernelFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// AUTH-13: whoever's password or address is changed is told.
class CredentialNoticesTest {
    private static final String NEW_PASSWORD =
            "{'oldPassword':'correct horse','password':'battery staple','passwordConfirm':'battery staple'}";

    @TempDir
    Path folder;

    private KernelFixture fixture;
    private StoredRecord alice;

    @BeforeEach
    void open() {
        fixture = KernelFixture.in(folder);
        alice = fixture.account("users", "alice@example.com");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellsOfANewPasswordThatTheAccountChose() {
        fixture.update(member(alice), "users", alice.id(), NEW_PASSWORD);
        assertThat(fixture.mails().messages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.to()).isEqualTo("alice@example.com"))
                .satisfies(mail -> assertThat(mail.subject()).startsWith("The password of your"));
    }

    @Test
    void tellsOfWhatASuperuserChanged() {
        fixture.update(fixture.superuser(), "users", alice.id(), "{'email':'alice@new.example'}");
        assertThat(fixture.mails().messages())
                .extracting(MailMessage::to)
                .containsExactly("alice@example.com", "alice@new.example");
    }

    @Test
    void tellsNothingOfOtherChangesOrOfRefusedOnes() {
        fixture.update(member(alice), "users", alice.id(), "{'name':'Alice'}");
        fixture.update("users", alice.id(), "{'verified':true}");
        KernelFixture.problemOf(() -> fixture.update(
                member(alice),
                "users",
                alice.id(),
                "{'oldPassword':'wrong horse','password':'battery staple','passwordConfirm':'battery staple'}"));
        fixture.collection("{'name':'people','fields':[{'name':'email','type':'email'}]}");
        String id = fixture.create("people", "{'email':'a@example.com'}").id();
        fixture.update("people", id, "{'email':'b@example.com'}");
        assertThat(fixture.mails().messages()).isEmpty();
    }

    @Test
    void tellsNothingOfAPasswordNobodySignsInWith() {
        fixture.change("users", "{'passwordAuth':{'enabled':false},'otp':{'enabled':true}}");
        fixture.update("users", alice.id(), NEW_PASSWORD);
        assertThat(fixture.mails().messages()).isEmpty();
    }
}
