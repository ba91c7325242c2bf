package dev.ferritedb.kernel.mail;

import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.Addresses;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.mail.MailMessage;
import dev.ferritedb.ports.mail.MailRefused;
import dev.ferritedb.ports.mail.Outbox;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.MailText;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets superusers try whether mails arrive and how they look. Source: the wire contract, section 14.
public final class TestMails {
    private static final String FAILED = "Failed to send the test email.";
    private static final int INPUT_MAX = 255;

    /// What stands where a real mail has a secret: good for nothing.
    private static final Map<String, String> VALUES = Map.of(
            "TOKEN", "TEST.TOKEN",
            "OTP", "12345678",
            "OTP_ID", "test",
            "ALERT_INFO", "127.0.0.1, a test");

    private final RecordStore store;
    private final SettingsService settings;
    private final Outbox outbox;

    public TestMails(RecordStore store, SettingsService settings, Outbox outbox) {
        this.store = store;
        this.settings = settings;
        this.outbox = outbox;
    }

    /// `body` holds `email`, `template` (`verification`, `password-reset`, `email-change`, `otp` or
    /// `login-alert`) and, if wanted, `collection`. Returns when the mail server has taken the mail. For
    /// superusers; refuses with `Invalid` (`test_mail_invalid` with fields, `test_mail_failed` with what the mail
    /// server said).
    public void send(Request request, Value.Members body) {
        request.demandSuperuser();
        String email = text(body, "email");
        String template = text(body, "template");
        var problems = new ArrayList<FieldProblem>();
        Optional<CollectionSchema> collection = collection(text(body, "collection"), problems);
        if (email.isEmpty()) problems.add(FieldProblem.required("email"));
        else if (!Addresses.isEmail(email)) {
            problems.add(FieldProblem.at("email", "validation_is_email", "Must be a valid email address."));
        }
        Optional<MailText> text = collection.flatMap(CollectionSchema::auth).flatMap(auth -> text(auth, template));
        if (template.isEmpty()) problems.add(FieldProblem.required("template"));
        else if (collection.isPresent() && text.isEmpty()) {
            problems.add(FieldProblem.at("template", "validation_in_invalid", "Must be a valid value."));
        }
        if (!problems.isEmpty()) throw new Refusal(new Problem.Invalid("test_mail_invalid", FAILED, problems));

        StoredRecord account = sample(collection.orElseThrow(), email);
        send(Letter.to(email, account, text.orElseThrow(), VALUES, settings.mail()));
    }

    private void send(MailMessage message) {
        try {
            outbox.sendNow(message);
        } catch (MailRefused | PortFailure failure) {
            throw new Refusal(Problem.Invalid.of("test_mail_failed", FAILED + " Raw error: " + causes(failure)));
        }
    }

    private static String causes(RuntimeException failure) {
        var lines = new ArrayList<String>();
        lines.add(String.valueOf(failure.getMessage()));
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            lines.add(String.valueOf(cause.getMessage()).strip());
        }
        return String.join(": ", lines);
    }

    private Optional<CollectionSchema> collection(String nameOrId, List<FieldProblem> problems) {
        Optional<CollectionSchema> found = store.catalog()
                .find(nameOrId.isEmpty() ? Caller.SUPERUSERS : nameOrId)
                .filter(collection -> collection.auth().isPresent());
        if (found.isEmpty() || nameOrId.length() > INPUT_MAX) {
            problems.add(FieldProblem.at(
                    "collection", "validation_invalid_auth_collection", "Must be a valid auth collection id or name."));
        }
        return found;
    }

    private static Optional<MailText> text(AuthOptions options, String template) {
        return switch (template) {
            case "verification" -> Optional.of(options.verificationMail());
            case "password-reset" -> Optional.of(options.passwordResetMail());
            case "email-change" -> Optional.of(options.emailChangeMail());
            case "otp" -> Optional.of(options.otp().mail());
            case "login-alert" -> Optional.of(options.authAlert().mail());
            default -> Optional.empty();
        };
    }

    /// An account that is not there, with something to see in each field.
    private static StoredRecord sample(CollectionSchema collection, String email) {
        StoredRecord account = StoredRecord.blank(collection);
        for (Field field : collection.fields()) {
            if (field.hidden() || !(field.type() instanceof FieldType.Text)) continue;
            account = account.with(field.name(), Value.text("test " + field.name()));
        }
        return account.with("email", Value.text(email));
    }

    private static String text(Value.Members body, String name) {
        return body.get(name) instanceof Value.Text(String text) ? text.strip() : "";
    }
}
