package dev.ferritedb.oauth2;

import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.Response;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/// Reads what a token endpoint answers: JSON, or a form as a few send it.
final class TokenAnswer implements TokenExtractor<OAuth2AccessToken> {
    /// The endpoint said no.
    static final class Refused extends OAuthException {
        private static final long serialVersionUID = 1;

        private final boolean client;

        Refused(String reason, boolean client) {
            super(reason);
            this.client = client;
        }

        /// Whether it is about who we are, and not about the code.
        boolean isOfClient() {
            return client;
        }
    }

    @Override
    public OAuth2AccessToken extract(Response response) throws IOException {
        Told told = read(response.getBody());
        String error = told.at("error").text();
        if (response.getCode() / 100 != 2 || !error.isEmpty()) {
            boolean client = response.getCode() == 401 || error.equals("invalid_client");
            throw new Refused("it answers " + response.getCode() + " " + printable(error), client);
        }
        String token = told.at("access_token").text();
        if (token.isEmpty()) throw new Refused("its answer has no access_token", false);
        return new OAuth2AccessToken(token, response.getBody());
    }

    static Told read(String body) throws IOException {
        if (body.isBlank()) return new Told(Value.Members.EMPTY);
        if (body.stripLeading().startsWith("{")) return Told.read(body);
        var members = new LinkedHashMap<String, Value>();
        for (String pair : body.strip().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                members.put(decoded(pair.substring(0, equals)), Value.text(decoded(pair.substring(equals + 1))));
        }
        return new Told(new Value.Members(members));
    }

    private static String decoded(String part) throws IOException {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notAForm) {
            throw new IOException("the answer is neither JSON nor a form", notAForm);
        }
    }

    private static String printable(String error) {
        String letters = error.replaceAll("[^A-Za-z0-9_. -]", "?");
        return letters.substring(0, Math.min(letters.length(), 64));
    }
}
