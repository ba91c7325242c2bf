package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.Impersonation;
import dev.ferritedb.kernel.account.OAuth2Methods;
import dev.ferritedb.kernel.account.OAuth2SignIn;
import dev.ferritedb.kernel.account.OneTimePasswords;
import dev.ferritedb.kernel.account.SignIn;
import dev.ferritedb.kernel.account.SignInOutcome;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.ports.record.StoredRecord;
import dev.ferritedb.ports.schema.AuthOptions;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.List;

/// Signing in to an auth collection. Source: the wire contract, section 8.
final class AuthRoutes {
    private static final String COLLECTION = "/api/collections/{collection}";
    private static final int ANSWER_BYTES_USUAL = 1024;

    private final SignIn signIn;
    private final OneTimePasswords oneTimePasswords;
    private final Impersonation impersonation;
    private final OAuth2SignIn oauth2SignIn;
    private final OAuth2Methods oauth2Methods;
    private final RecordService records;
    private final RecordJson recordJson;
    private final long requestMaxBytes;

    AuthRoutes(Kernel kernel, RecordJson recordJson, long requestMaxBytes) {
        this.signIn = kernel.accounts().signIn();
        this.oneTimePasswords = kernel.accounts().oneTimePasswords();
        this.impersonation = kernel.accounts().impersonation();
        this.oauth2SignIn = kernel.oauth2().signIn();
        this.oauth2Methods = kernel.oauth2().methods();
        this.records = kernel.records();
        this.recordJson = recordJson;
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", COLLECTION + "/auth-methods", this::methods)
                .add("POST", COLLECTION + "/auth-with-password", this::withPassword)
                .add("POST", COLLECTION + "/request-otp", this::requestCode)
                .add("POST", COLLECTION + "/auth-with-otp", this::withCode)
                .add("POST", COLLECTION + "/auth-with-oauth2", this::withOAuth2)
                .add("POST", COLLECTION + "/auth-refresh", this::refresh)
                .add("POST", COLLECTION + "/impersonate/{id}", this::impersonate);
    }

    private void withPassword(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, signIn.withPassword(exchange.asked(Request.Context.PASSWORD), exchange.part(0), body));
    }

    private void requestCode(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        JsonBuffer out = JsonBuffer.wire(64).object();
        exchange.answer(out.name("otpId")
                .text(oneTimePasswords.request(exchange.asked(), exchange.part(0), body))
                .endObject());
    }

    private void withCode(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, signIn.withOneTimePassword(exchange.asked(Request.Context.OTP), exchange.part(0), body));
    }

    private void impersonate(Exchange exchange) {
        Access.superuser(exchange);
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, impersonation.of(exchange.asked(), exchange.part(0), exchange.part(1), body));
    }

    private void withOAuth2(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, oauth2SignIn.withCode(exchange.asked(Request.Context.OAUTH2), exchange.part(0), body));
    }

    private void refresh(Exchange exchange) {
        Bodies.bytes(exchange, requestMaxBytes);
        answer(exchange, signIn.refresh(exchange.asked(), exchange.part(0), Authentication.token(exchange)));
    }

    /// The record is shown as to itself.
    private void answer(Exchange exchange, SignInOutcome outcome) {
        switch (outcome) {
            case SignInOutcome.SignedIn signedIn -> answer(exchange, signedIn);
            case SignInOutcome.SecondFactorDue(String mfaId) ->
                exchange.send(
                        401,
                        JsonBuffer.wire(ANSWER_BYTES_USUAL)
                                .object()
                                .name("mfaId")
                                .text(mfaId)
                                .endObject()
                                .newline());
        }
    }

    private void answer(Exchange exchange, SignInOutcome.SignedIn signedIn) {
        StoredRecord account = signedIn.account();
        Request request = exchange.asked().by(Caller.of(account));
        RecordReply reply = records.reply(request, account);
        String expand = exchange.query().text("expand").strip();
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL).object();
        signedIn.meta().ifPresent(meta -> out.name("meta").value(meta));
        out.name("record");
        if (expand.isEmpty()) recordJson.write(account, reply.exposure(), out);
        else recordJson.write(records.expanded(request, reply, expand), out);
        exchange.answer(out.name("token").text(signedIn.token()).endObject());
    }

    private void methods(Exchange exchange) {
        CollectionSchema collection = signIn.collection(exchange.part(0));
        AuthOptions options = collection.auth().orElseThrow();
        AuthOptions.PasswordAuth password = options.passwordAuth();
        JsonBuffer out = JsonBuffer.wire(ANSWER_BYTES_USUAL).object();
        out.name("password").object().name("identityFields").array();
        if (password.enabled()) password.identityFields().forEach(out::text);
        out.endArray().name("enabled").truth(password.enabled()).endObject();
        boolean oauth2 = oauth2Methods.enabled(collection);
        List<OAuth2Methods.Offer> offers = oauth2Methods.offers(collection);
        out.name("oauth2").object().name("providers").array();
        offers.forEach(offer -> write(offer, offer.logo(), out));
        out.endArray().name("enabled").truth(oauth2).endObject();
        writeFactor(out, "mfa", options.mfa().enabled(), options.mfa().durationSeconds());
        writeFactor(out, "otp", options.otp().enabled(), options.otp().durationSeconds());
        writeLegacy(oauth2, offers, out);
        out.name("usernamePassword").truth(isIdentity(password, "username"));
        out.name("emailPassword").truth(isIdentity(password, "email"));
        exchange.answer(out.endObject());
    }

    /// What clients before 0.23 read.
    private static void writeLegacy(boolean enabled, List<OAuth2Methods.Offer> offers, JsonBuffer out) {
        out.name("authProviders");
        if (!enabled) {
            out.nothing();
            return;
        }
        out.array();
        offers.forEach(offer -> write(offer, "", out));
        out.endArray();
    }

    private static void write(OAuth2Methods.Offer offer, String logo, JsonBuffer out) {
        boolean pkce = !offer.verifier().isEmpty();
        out.object().name("name").text(offer.name()).name("displayName").text(offer.displayName());
        out.name("logo").text(logo).name("state").text(offer.state());
        out.name("authURL").text(offer.authUrl()).name("authUrl").text(offer.authUrl());
        out.name("codeVerifier").text(offer.verifier()).name("codeChallenge").text(offer.challenge());
        out.name("codeChallengeMethod").text(pkce ? "S256" : "").endObject();
    }

    private static void writeFactor(JsonBuffer out, String name, boolean enabled, long durationSeconds) {
        out.name(name).object().name("enabled").truth(enabled);
        out.name("duration").number(enabled ? durationSeconds : 0).endObject();
    }

    private static boolean isIdentity(AuthOptions.PasswordAuth password, String field) {
        return password.enabled() && password.identityFields().contains(field);
    }
}
