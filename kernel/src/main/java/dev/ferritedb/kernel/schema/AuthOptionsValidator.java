package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.AccessRule;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.AuthOptions.TokenOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Says what is wrong with the options of an auth collection. Source: the wire contract, section 6.1.
final class AuthOptionsValidator {
    private static final int SECRET_MIN = 30;
    private static final int SECRET_MAX = 255;
    private static final long TOKEN_SECONDS_MAX = 94_670_856;
    private static final long CODE_SECONDS_MAX = 86_400;

    private final CollectionSchema collection;
    private final AuthOptions options;
    private final List<IdentityProvider> identityProviders;
    private final List<FieldProblem> problems = new ArrayList<>();

    AuthOptionsValidator(CollectionSchema collection, AuthOptions options, List<IdentityProvider> identityProviders) {
        this.collection = collection;
        this.options = options;
        this.identityProviders = identityProviders;
    }

    List<FieldProblem> problems() {
        AuthOptions.Tokens tokens = options.tokens();
        token("authToken", tokens.auth());
        token("passwordResetToken", tokens.passwordReset());
        token("emailChangeToken", tokens.emailChange());
        token("verificationToken", tokens.verification());
        token("fileToken", tokens.file());
        if (options.manageRule() == AccessRule.OPEN) {
            add(List.of("manageRule"), "validation_nil_or_not_empty_required", "Must be null or a rule: not everyone.");
        }
        passwordAuth();
        if (options.oauth2().enabled()) {
            problems.addAll(new IdentityProviderValidator(options.oauth2(), identityProviders).problems());
        }
        codes();
        mail("verificationTemplate", options.verificationMail());
        mail("resetPasswordTemplate", options.passwordResetMail());
        mail("confirmEmailChangeTemplate", options.emailChangeMail());
        return List.copyOf(problems);
    }

    private void token(String name, TokenOptions token) {
        if (token.secret().length() < SECRET_MIN || token.secret().length() > SECRET_MAX) {
            add(List.of(name, "secret"), "validation_length_out_of_range", "The length must be between 30 and 255.");
        }
        range(List.of(name, "duration"), token.durationSeconds(), 10, TOKEN_SECONDS_MAX);
    }

    private void passwordAuth() {
        List<String> fields = options.passwordAuth().identityFields();
        if (options.passwordAuth().enabled() && fields.isEmpty()) {
            add(List.of("passwordAuth", "identityFields"), "validation_required", "Cannot be blank.");
        }
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            List<String> place = List.of("passwordAuth", "identityFields", Integer.toString(i));
            if (collection.field(field).isEmpty()) {
                add(place, "validation_missing_field", "There is no field " + field + ".");
            } else if (collection.uniqueIndexesOn(field).isEmpty()) {
                String message = "The field " + field + " needs a unique index of its own.";
                add(place, "validation_missing_unique_constraint", message);
            }
        }
    }

    private void codes() {
        if (options.otp().enabled()) {
            range(List.of("otp", "duration"), options.otp().durationSeconds(), 10, CODE_SECONDS_MAX);
            range(List.of("otp", "length"), options.otp().length(), 4, 32);
        }
        if (!options.mfa().enabled()) return;
        range(List.of("mfa", "duration"), options.mfa().durationSeconds(), 10, CODE_SECONDS_MAX);
        int methods = (options.passwordAuth().enabled() ? 1 : 0)
                + (options.otp().enabled() ? 1 : 0)
                + (options.oauth2().enabled() ? 1 : 0);
        if (methods < 2) {
            String message = "Needs at least two enabled ways to sign in.";
            add(List.of("mfa", "enabled"), "validation_mfa_not_enough_auths", message);
        }
    }

    private void mail(String name, AuthOptions.MailText mail) {
        if (mail.subject().isBlank()) add(List.of(name, "subject"), "validation_required", "Cannot be blank.");
        if (mail.body().isBlank()) add(List.of(name, "body"), "validation_required", "Cannot be blank.");
    }

    private void range(List<String> place, long value, long min, long max) {
        if (value < min) {
            problems.add(new FieldProblem(
                    place,
                    "validation_min_greater_equal_than_required",
                    "Must be no less than " + min + ".",
                    Map.of("threshold", min)));
        } else if (value > max) {
            problems.add(new FieldProblem(
                    place,
                    "validation_max_less_equal_than_required",
                    "Must be no greater than " + max + ".",
                    Map.of("threshold", max)));
        }
    }

    private void add(List<String> place, String code, String message) {
        problems.add(new FieldProblem(place, code, message, Map.of()));
    }
}
