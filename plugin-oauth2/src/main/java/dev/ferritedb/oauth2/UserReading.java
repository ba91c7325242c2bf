package dev.ferritedb.oauth2;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ferritedb.ports.identity.Identification.Step;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.identity.ProviderUser;
import dev.ferritedb.ports.identity.ProviderUser.EmailStanding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks who a token stands for: the user's address, or the ID token where there is none.
final class UserReading {
    private static final int TEXT_MAX = 1024;

    private final Declaration declaration;
    private final Outbound outbound;
    private final IdTokens idTokens;
    private final InstantSource clock;

    UserReading(Declaration declaration, Outbound outbound, IdTokens idTokens, InstantSource clock) {
        this.declaration = declaration;
        this.outbound = outbound;
        this.idTokens = idTokens;
        this.clock = clock;
    }

    /// @param token the token endpoint's answer
    ProviderUser read(ProviderOptions options, Told token, AuthorizationCode code) throws ProviderFailure {
        String url = Endpoints.either(options.userInfoUrl(), declaration.userUrl());
        Optional<Told> idToken = idToken(options, token, code, url.isEmpty());
        if (url.isEmpty()) {
            return user(
                    idToken.orElseThrow(() -> new ProviderFailure(Step.USER, "there is no ID token")),
                    token,
                    Mail.UNSAID);
        }
        Told told = asked(options, token, url);
        if (idToken.isPresent()
                && !idToken.get().at("sub").text().equals(declaration.id().whole(told, token))) {
            throw new ProviderFailure(Step.USER, "the ID token is another user's");
        }
        return user(told, token, mail(url, token));
    }

    /// One that comes along is checked as far as it can be, though others tell who the user is.
    private Optional<Told> idToken(ProviderOptions options, Told token, AuthorizationCode code, boolean identifies)
            throws ProviderFailure {
        String idToken = token.at("id_token").text();
        if (idToken.isEmpty() || !declaration.isOpenId()) return Optional.empty();
        List<String> issuers = issuers(options);
        String keys = jwksUrl(options);
        if (identifies && (issuers.isEmpty() || keys.isEmpty() || code.nonce().isEmpty())) {
            throw new ProviderFailure(Step.USER, "without issuer, keys and nonce no ID token tells who it is");
        }
        var demands = new IdTokens.Demands(options.clientId(), issuers, keys, code.nonce(), identifies);
        return Optional.of(idTokens.checked(idToken, demands));
    }

    /// Whoever names other endpoints names other signers too.
    private List<String> issuers(ProviderOptions options) {
        List<String> chosen = OptionProblems.issuers(options);
        return chosen.isEmpty() && options.tokenUrl().isEmpty() ? declaration.issuers() : chosen;
    }

    private String jwksUrl(ProviderOptions options) {
        String chosen = OptionProblems.jwksUrl(options);
        return chosen.isEmpty() && options.tokenUrl().isEmpty() ? declaration.jwksUrl() : chosen;
    }

    private Told asked(ProviderOptions options, Told token, String url) throws ProviderFailure {
        Map<String, String> headers = new LinkedHashMap<>(bearer(token));
        declaration
                .userHeaders()
                .forEach((name, value) -> headers.put(name, value.replace("{clientId}", options.clientId())));
        if (declaration.userQuery().isEmpty()) return told("GET", url, headers, new byte[0]);
        headers.put("Content-Type", "application/json");
        String query = JSONObjectUtils.toJSONString(Map.of("query", declaration.userQuery()));
        return told("POST", url, headers, query.getBytes(StandardCharsets.UTF_8));
    }

    private Told told(String method, String url, Map<String, String> headers, byte[] body) throws ProviderFailure {
        try {
            Outbound.Answer answer = outbound.send(method, url, headers, body);
            if (!answer.succeeded())
                throw new ProviderFailure(Step.USER, "the user's address answers " + answer.status());
            return Told.read(answer.body());
        } catch (IOException unreachable) {
            throw new ProviderFailure(Step.USER, String.valueOf(unreachable.getMessage()));
        }
    }

    private static Map<String, String> bearer(Told token) {
        return Map.of("Authorization", "Bearer " + token.at("access_token").text());
    }

    /// What a list of e-mails said; without one the user's own members count.
    private sealed interface Mail {
        record Main(String address) implements Mail {}

        Mail NONE = new Main("");
        Mail UNSAID = Unsaid.UNSAID;

        enum Unsaid implements Mail {
            UNSAID
        }
    }

    /// A user may well keep the list to himself.
    private Mail mail(String url, Told token) throws ProviderFailure {
        if (declaration.emailList().isEmpty()) return Mail.UNSAID;
        EmailList list = declaration.emailList().get();
        try {
            Outbound.Answer answer = outbound.send("GET", list.url(url), bearer(token), new byte[0]);
            if (!answer.succeeded()) return Mail.NONE;
            return list.confirmedMain(Told.read(answer.body()))
                    .<Mail>map(Mail.Main::new)
                    .orElse(Mail.NONE);
        } catch (IOException unreachable) {
            throw new ProviderFailure(Step.USER, String.valueOf(unreachable.getMessage()));
        }
    }

    private ProviderUser user(Told told, Told token, Mail mail) throws ProviderFailure {
        for (Map.Entry<String, String> active : declaration.active().entrySet()) {
            if (!told.at(active.getKey()).text().equals(active.getValue())) {
                throw new ProviderFailure(Step.USER, "the account is not active");
            }
        }
        String id = declaration.id().whole(told, token);
        if (id.isBlank() || id.length() > TEXT_MAX) throw new ProviderFailure(Step.USER, "there is no user id");
        String email = switch (mail) {
            case Mail.Main main -> main.address;
            case Mail.Unsaid _ -> declaration.email().whole(told, token);
        };
        EmailStanding standing = switch (mail) {
            case Mail.Main main -> main.address.isEmpty() ? EmailStanding.UNKNOWN : EmailStanding.VERIFIED;
            case Mail.Unsaid _ -> declaration.emailProof().standing(told);
        };
        return new ProviderUser(
                id,
                shortened(name(told, token)),
                shortened(declaration.username().whole(told, token)),
                shortened(email),
                standing,
                shortened(declaration.avatar().whole(told, token)),
                told.members(),
                token.at("access_token").text(),
                token.at("refresh_token").text(),
                expiry(token));
    }

    private String name(Told told, Told token) {
        return declaration.names().stream()
                .map(name -> name.filled(told, token))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Nobody has a name as long as that.
    private static String shortened(String text) {
        return text.length() > TEXT_MAX ? "" : text;
    }

    private Instant expiry(Told token) {
        String seconds = token.at("expires_in").text();
        boolean sane =
                !seconds.isEmpty() && seconds.length() < 10 && seconds.chars().allMatch(Character::isDigit);
        return sane ? clock.instant().plusSeconds(Long.parseLong(seconds)) : Instant.MAX;
    }
}
