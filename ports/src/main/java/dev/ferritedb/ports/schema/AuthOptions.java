package dev.ferritedb.ports.schema;

import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Objects;

/// What only an auth collection has. Durations in seconds. Source: the wire contract, section 6.1.
public record AuthOptions(
        AccessRule authRule,
        AccessRule manageRule,
        AuthAlert authAlert,
        OAuth2 oauth2,
        PasswordAuth passwordAuth,
        Mfa mfa,
        Otp otp,
        Tokens tokens,
        MailText verificationMail,
        MailText passwordResetMail,
        MailText emailChangeMail) {

    public AuthOptions withTokens(Tokens newTokens) {
        return new AuthOptions(
                authRule,
                manageRule,
                authAlert,
                oauth2,
                passwordAuth,
                mfa,
                otp,
                newTokens,
                verificationMail,
                passwordResetMail,
                emailChangeMail);
    }

    public AuthOptions withMfa(Mfa newMfa) {
        return new AuthOptions(
                authRule,
                manageRule,
                authAlert,
                oauth2,
                passwordAuth,
                newMfa,
                otp,
                tokens,
                verificationMail,
                passwordResetMail,
                emailChangeMail);
    }

    public AuthOptions withWays(PasswordAuth newPasswordAuth, OAuth2 newOAuth2) {
        return new AuthOptions(
                authRule,
                manageRule,
                authAlert,
                newOAuth2,
                newPasswordAuth,
                mfa,
                otp,
                tokens,
                verificationMail,
                passwordResetMail,
                emailChangeMail);
    }

    public record PasswordAuth(boolean enabled, List<String> identityFields) {
        public PasswordAuth {
            identityFields = List.copyOf(identityFields);
        }
    }

    public record Mfa(boolean enabled, long durationSeconds, String rule) {}

    public record Otp(boolean enabled, long durationSeconds, int length, MailText mail) {}

    public record AuthAlert(boolean enabled, MailText mail) {}

    /// Each provider is the object of the wire contract, its `clientSecret` included; the identity plug-in reads
    /// it.
    public record OAuth2(boolean enabled, List<Value.Members> providers, Value.Members mappedFields) {
        public OAuth2 {
            providers = List.copyOf(providers);
        }

        @Override
        public String toString() {
            return "OAuth2[enabled=" + enabled + ", providers=" + providers.size() + "]";
        }
    }

    public record MailText(String subject, String body) {}

    public record Tokens(
            TokenOptions auth,
            TokenOptions passwordReset,
            TokenOptions emailChange,
            TokenOptions verification,
            TokenOptions file) {
        public Tokens withAuth(TokenOptions newAuth) {
            return new Tokens(newAuth, passwordReset, emailChange, verification, file);
        }
    }

    /// `secret` is 30 to 255 characters; it never leaves the server.
    public record TokenOptions(String secret, long durationSeconds) {
        public TokenOptions {
            Objects.requireNonNull(secret);
        }

        @Override
        public String toString() {
            return "TokenOptions[durationSeconds=" + durationSeconds + "]";
        }
    }
}
