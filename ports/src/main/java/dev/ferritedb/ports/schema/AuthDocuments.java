package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.schema.AuthOptions.MailText;
import dev.ferritedb.ports.schema.AuthOptions.TokenOptions;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The options of auth collections as documents.
final class AuthDocuments {
    private AuthDocuments() {}

    static void write(AuthOptions options, Secrets secrets, Map<String, Value> document) {
        document.put("authRule", CollectionDocuments.rule(options.authRule()));
        document.put("manageRule", CollectionDocuments.rule(options.manageRule()));
        document.put(
                "authAlert",
                members(
                        "enabled",
                        Value.truth(options.authAlert().enabled()),
                        "emailTemplate",
                        mail(options.authAlert().mail())));
        document.put("oauth2", oauth2(options.oauth2(), secrets));
        document.put(
                "passwordAuth",
                members(
                        "enabled",
                        Value.truth(options.passwordAuth().enabled()),
                        "identityFields",
                        CollectionDocuments.texts(options.passwordAuth().identityFields())));
        document.put(
                "mfa",
                members(
                        "enabled",
                        Value.truth(options.mfa().enabled()),
                        "duration",
                        Value.number(options.mfa().durationSeconds()),
                        "rule",
                        Value.text(options.mfa().rule())));
        document.put(
                "otp",
                members(
                        "enabled",
                        Value.truth(options.otp().enabled()),
                        "duration",
                        Value.number(options.otp().durationSeconds()),
                        "length",
                        Value.number(options.otp().length()),
                        "emailTemplate",
                        mail(options.otp().mail())));
        AuthOptions.Tokens tokens = options.tokens();
        document.put("authToken", token(tokens.auth(), secrets));
        document.put("passwordResetToken", token(tokens.passwordReset(), secrets));
        document.put("emailChangeToken", token(tokens.emailChange(), secrets));
        document.put("verificationToken", token(tokens.verification(), secrets));
        document.put("fileToken", token(tokens.file(), secrets));
        document.put("verificationTemplate", mail(options.verificationMail()));
        document.put("resetPasswordTemplate", mail(options.passwordResetMail()));
        document.put("confirmEmailChangeTemplate", mail(options.emailChangeMail()));
    }

    static AuthOptions read(DocumentReader reader) {
        DocumentReader alert = reader.object("authAlert");
        DocumentReader password = reader.object("passwordAuth");
        DocumentReader mfa = reader.object("mfa");
        DocumentReader otp = reader.object("otp");
        return new AuthOptions(
                reader.rule("authRule", AccessRule.OPEN),
                reader.rule("manageRule", AccessRule.LOCKED),
                new AuthOptions.AuthAlert(alert.truth("enabled", true), readMail(alert.object("emailTemplate"))),
                readOAuth2(reader.object("oauth2")),
                new AuthOptions.PasswordAuth(password.truth("enabled", true), password.texts("identityFields")),
                new AuthOptions.Mfa(mfa.truth("enabled", false), mfa.whole("duration", 600), mfa.text("rule", "")),
                new AuthOptions.Otp(
                        otp.truth("enabled", false),
                        otp.whole("duration", 180),
                        otp.count("length", 8),
                        readMail(otp.object("emailTemplate"))),
                new AuthOptions.Tokens(
                        readToken(reader.object("authToken"), 432_000),
                        readToken(reader.object("passwordResetToken"), 1_800),
                        readToken(reader.object("emailChangeToken"), 1_800),
                        readToken(reader.object("verificationToken"), 86_400),
                        readToken(reader.object("fileToken"), 180)),
                readMail(reader.object("verificationTemplate")),
                readMail(reader.object("resetPasswordTemplate")),
                readMail(reader.object("confirmEmailChangeTemplate")));
    }

    private static Value oauth2(AuthOptions.OAuth2 oauth2, Secrets secrets) {
        List<Value> providers = new ArrayList<>();
        for (Value.Members provider : oauth2.providers()) {
            var shown = new LinkedHashMap<>(provider.members());
            if (secrets == Secrets.LEFT_OUT) shown.remove("clientSecret");
            providers.add(new Value.Members(shown));
        }
        return members(
                "providers",
                new Value.Items(providers),
                "mappedFields",
                oauth2.mappedFields(),
                "enabled",
                Value.truth(oauth2.enabled()));
    }

    private static AuthOptions.OAuth2 readOAuth2(DocumentReader reader) {
        var providers = new ArrayList<Value.Members>();
        for (DocumentReader provider : reader.objects("providers")) providers.add(provider.document());
        DocumentReader mapped = reader.object("mappedFields");
        Value.Members mappedFields = members(
                "id", Value.text(mapped.text("id", "")),
                "name", Value.text(mapped.text("name", "")),
                "username", Value.text(mapped.text("username", "")),
                "avatarURL", Value.text(mapped.text("avatarURL", "")));
        return new AuthOptions.OAuth2(reader.truth("enabled", false), providers, mappedFields);
    }

    private static Value token(TokenOptions token, Secrets secrets) {
        return secrets == Secrets.SHOWN
                ? members("secret", Value.text(token.secret()), "duration", Value.number(token.durationSeconds()))
                : members("duration", Value.number(token.durationSeconds()));
    }

    private static TokenOptions readToken(DocumentReader reader, long durationDefault) {
        return new TokenOptions(reader.text("secret", ""), reader.whole("duration", durationDefault));
    }

    private static Value mail(MailText mail) {
        return members("subject", Value.text(mail.subject()), "body", Value.text(mail.body()));
    }

    private static MailText readMail(DocumentReader reader) {
        return new MailText(reader.text("subject", ""), reader.text("body", ""));
    }

    private static Value.Members members(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Value>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Value.Members(members);
    }
}
