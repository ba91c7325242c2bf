package dev.ferritedb.kernel.mail;

import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.Outbox;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.MailText;
import java.util.Map;

/// Writes to accounts. Every method returns at once: a mail is written and sent later, and its failure is told to
/// the log alone. Links lead to the public address that is set, whatever a request says of itself.
public final class AccountMails {
    private static final MailText PASSWORD_CHANGED =
            new MailText("The password of your {APP_NAME} account was changed", """
            <p>Hello,</p>
            <p>the password of your account at {APP_NAME} was changed, and every other session was ended.</p>
            <p>If it was not you, ask for a new password at <a href="{APP_URL}">{APP_NAME}</a> at once.</p>
            """);
    private static final MailText EMAIL_CHANGED =
            new MailText("The e-mail address of your {APP_NAME} account was changed", """
            <p>Hello,</p>
            <p>the e-mail address of your account at {APP_NAME} was changed from {BEFORE} to {AFTER}, and every session was
            ended.</p>
            <p>If it was not you, write to those who run <a href="{APP_URL}">{APP_NAME}</a> at once.</p>
            """);

    private final SettingsService settings;
    private final Outbox outbox;

    public AccountMails(SettingsService settings, Outbox outbox) {
        this.settings = settings;
        this.outbox = outbox;
    }

    /// @param token of the kind that proves the account's address
    public void verification(StoredRecord account, String token) {
        post(account.text("email"), account, options(account).verificationMail(), Map.of("TOKEN", token));
    }

    /// @param token of the kind that lets a new password be chosen
    public void passwordReset(StoredRecord account, String token) {
        post(account.text("email"), account, options(account).passwordResetMail(), Map.of("TOKEN", token));
    }

    /// To the new address.
    ///
    /// @param token of the kind that lets the address be changed
    public void emailChange(StoredRecord account, String newEmail, String token) {
        post(newEmail, account, options(account).emailChangeMail(), Map.of("TOKEN", token));
    }

    /// @param id what the code is asked for by
    public void oneTimePassword(StoredRecord account, String id, String code) {
        MailText text = options(account).otp().mail();
        post(account.text("email"), account, text, Map.of("OTP", code, "OTP_ID", id));
    }

    /// @param info where and when the account was used, in words
    public void loginAlert(StoredRecord account, String info) {
        MailText text = options(account).authAlert().mail();
        post(account.text("email"), account, text, Map.of("ALERT_INFO", info));
    }

    public void notice(StoredRecord account, Notice notice) {
        switch (notice) {
            case Notice.PasswordChanged _ -> post(account.text("email"), account, PASSWORD_CHANGED, Map.of());
            case Notice.EmailChanged(String before) -> {
                String after = account.text("email");
                Map<String, String> values =
                        Map.of("BEFORE", MailMessage.masked(before), "AFTER", MailMessage.masked(after));
                post(before, account, EMAIL_CHANGED, values);
                post(after, account, EMAIL_CHANGED, values);
            }
        }
    }

    private static AuthOptions options(StoredRecord account) {
        return account.collection().auth().orElseThrow();
    }

    private void post(String address, StoredRecord account, MailText text, Map<String, String> values) {
        if (address.isEmpty()) return;
        outbox.post(() -> Letter.to(address, account, text, values, settings.mail()));
    }
}
