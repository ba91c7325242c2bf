package dev.ferritedb.oauth2;

import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.oauth2.clientauthentication.HttpBasicAuthenticationScheme;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;
import dev.ferritedb.oauth2.Declaration.ClientAuthentication;
import dev.ferritedb.ports.identity.ProviderOptions;

/// A provider's endpoints, as ScribeJava asks for them: what the collection's options say goes before what is
/// declared.
final class Endpoints extends DefaultApi20 {
    private final String authUrl;
    private final String tokenUrl;
    private final ClientAuthentication clientAuthentication;

    Endpoints(Declaration declaration, ProviderOptions options, ClientAuthentication clientAuthentication) {
        this.authUrl = either(options.authUrl(), declaration.authUrl());
        this.tokenUrl = either(options.tokenUrl(), declaration.tokenUrl());
        this.clientAuthentication = clientAuthentication;
    }

    static String either(String chosen, String declared) {
        return chosen.isEmpty() ? declared : chosen;
    }

    @Override
    public String getAccessTokenEndpoint() {
        return tokenUrl;
    }

    @Override
    protected String getAuthorizationBaseUrl() {
        return authUrl;
    }

    @Override
    public TokenExtractor<OAuth2AccessToken> getAccessTokenExtractor() {
        return new TokenAnswer();
    }

    @Override
    public com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication getClientAuthentication() {
        return switch (clientAuthentication) {
            case BODY -> RequestBodyAuthenticationScheme.instance();
            case HEADER -> HttpBasicAuthenticationScheme.instance();
        };
    }
}
