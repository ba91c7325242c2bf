package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.MailText;
import dev.ferritedb.ports.schema.AuthOptions.TokenOptions;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What a new collection of each type starts from.
final class Scaffolds {
    static final String TOKEN_KEY_PATTERN = "[a-zA-Z0-9]{50}";
    static final List<String> AUTH_FIELDS = List.of("password", "tokenKey", "email", "emailVisibility", "verified");

    private Scaffolds() {}

    static CollectionSchema base() {
        return blank(new CollectionKind.Base(), List.of(idField()));
    }

    static CollectionSchema auth(int passwordMinLength) {
        var fields = new ArrayList<Field>();
        fields.add(idField());
        fields.addAll(authFields(passwordMinLength));
        return blank(new CollectionKind.Auth(authOptions()), fields);
    }

    static CollectionSchema view() {
        return blank(new CollectionKind.View(""), List.of());
    }

    static Field idField() {
        return Field.of("id", FieldType.Text.ID).asSystem().asRequired().withId(CollectionIds.ofField("text", "id"));
    }

    static List<Field> authFields(int passwordMinLength) {
        return List.of(
                withId(Field.of("password", new FieldType.Password("", passwordMinLength, 0, 0))
                        .asSystem()
                        .asHidden()
                        .asRequired()),
                withId(Field.of("tokenKey", new FieldType.Text(30, 60, "", TOKEN_KEY_PATTERN, false))
                        .asSystem()
                        .asHidden()
                        .asRequired()),
                withId(Field.of("email", new FieldType.Email(List.of(), List.of()))
                        .asSystem()
                        .asRequired()),
                withId(Field.of("emailVisibility", new FieldType.Bool()).asSystem()),
                withId(Field.of("verified", new FieldType.Bool()).asSystem()));
    }

    static List<Field> autodateFields() {
        return List.of(
                withId(Field.of("created", new FieldType.Autodate(true, false))),
                withId(Field.of("updated", new FieldType.Autodate(true, true))));
    }

    static Field withId(Field field) {
        return field.withId(CollectionIds.ofField(field.type().wireName(), field.name()));
    }

    static AuthOptions authOptions() {
        var mappedFields = new LinkedHashMap<String, Value>();
        for (String name : List.of("id", "name", "username", "avatarURL")) mappedFields.put(name, Value.Text.EMPTY);
        return new AuthOptions(
                AccessRule.OPEN,
                AccessRule.LOCKED,
                new AuthOptions.AuthAlert(true, LOGIN_ALERT),
                new AuthOptions.OAuth2(false, List.of(), new Value.Members(mappedFields)),
                new AuthOptions.PasswordAuth(true, List.of("email")),
                new AuthOptions.Mfa(false, 600, ""),
                new AuthOptions.Otp(false, 180, 8, ONE_TIME_PASSWORD),
                new AuthOptions.Tokens(
                        new TokenOptions("", 432_000),
                        new TokenOptions("", 1_800),
                        new TokenOptions("", 1_800),
                        new TokenOptions("", 86_400),
                        new TokenOptions("", 180)),
                VERIFICATION,
                PASSWORD_RESET,
                EMAIL_CHANGE);
    }

    private static CollectionSchema blank(CollectionKind kind, List<Field> fields) {
        return new CollectionSchema("", "", kind, false, fields, List.of(), AccessRules.CLOSED, "", "");
    }

    private static final MailText VERIFICATION = new MailText("Confirm your e-mail address for {APP_NAME}", """
            <p>Hello,</p>
            <p>please confirm that this address is yours, so that you can use all of {APP_NAME}.</p>
            <p><a class="btn" href="{APP_URL}/_/#/auth/confirm-verification/{TOKEN}" target="_blank" rel="noopener">Confirm address</a></p>
            <p>If you did not sign up, you can ignore this mail.</p>
            """);
    private static final MailText PASSWORD_RESET = new MailText("Choose a new password for {APP_NAME}", """
            <p>Hello,</p>
            <p>someone asked for a new password for your account at {APP_NAME}.</p>
            <p><a class="btn" href="{APP_URL}/_/#/auth/confirm-password-reset/{TOKEN}" target="_blank" rel="noopener">Choose password</a></p>
            <p>If it was not you, you can ignore this mail: your password stays as it is.</p>
            """);
    private static final MailText EMAIL_CHANGE = new MailText("Confirm your new e-mail address for {APP_NAME}", """
            <p>Hello,</p>
            <p>please confirm that you want to use this address for your account at {APP_NAME}.</p>
            <p><a class="btn" href="{APP_URL}/_/#/auth/confirm-email-change/{TOKEN}" target="_blank" rel="noopener">Confirm new address</a></p>
            <p>If you did not ask for it, you can ignore this mail.</p>
            """);
    private static final MailText ONE_TIME_PASSWORD = new MailText("Your sign-in code for {APP_NAME}", """
            <p>Hello,</p>
            <p>your sign-in code is <strong>{OTP}</strong>. It works once and for a short time.</p>
            <p>If you did not ask for it, you can ignore this mail.</p>
            """);
    private static final MailText LOGIN_ALERT = new MailText("A new sign-in to your {APP_NAME} account", """
            <p>Hello,</p>
            <p>your account was used from a place that is new to us:</p>
            <p><em>{ALERT_INFO}</em></p>
            <p>If it was not you, change your password at once: this ends all other sessions.</p>
            """);
}
