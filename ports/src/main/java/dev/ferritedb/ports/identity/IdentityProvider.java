package dev.ferritedb.ports.identity;

import dev.ferritedb.ports.problem.FieldProblem;
import java.util.List;
import java.util.Optional;

/// Where people have an account with which they can sign in here, by the authorization code flow of OAuth2. Safe
/// for concurrent use. It keeps nothing: what a collection says of it comes along as [ProviderOptions].
public interface IdentityProvider {
    /// What collections and the wire call it, such as `google`.
    String name();

    /// What people call it, unless the options say otherwise.
    String displayName();

    /// An SVG document, for a button.
    String logo();

    /// Whether it is asked with PKCE, unless the options say otherwise.
    boolean pkce();

    /// What keeps these options from working; paths start at the options' members.
    List<FieldProblem> problems(ProviderOptions options);

    /// Where the browser is sent. Calls nobody.
    ///
    /// @return an URL that ends in `&redirect_uri=`, so that whoever starts the flow appends its own,
    /// percent-encoded
    String authorizationUrl(ProviderOptions options, AuthorizationRequest request);

    /// Asks the provider who `code` stands for. Blocks, ten seconds for each of its requests at most.
    Identification identify(ProviderOptions options, AuthorizationCode code);

    /// For providers whose client secret is a signed statement that expires: makes one.
    ///
    /// @return empty when this provider has no such secrets, or takes no such key
    default Optional<String> clientSecret(ClientKey key) {
        return Optional.empty();
    }

    /// @param state comes back with the code
    /// @param challenge the S256 challenge of the verifier, empty without PKCE
    /// @param nonce comes back in the ID token, empty for none
    record AuthorizationRequest(String state, String challenge, String nonce) {}

    /// What the browser brought back.
    ///
    /// @param verifier of PKCE, empty without
    /// @param redirectUrl exactly as it stood in the authorization URL
    /// @param nonce that an ID token must hold, empty when none was sent
    record AuthorizationCode(String code, String verifier, String redirectUrl, String nonce) {
        @Override
        public String toString() {
            return "AuthorizationCode[redirectUrl=" + redirectUrl + "]";
        }
    }

    /// @param privateKey PEM, PKCS#8
    record ClientKey(String clientId, String teamId, String keyId, String privateKey, long lifetimeSeconds) {
        @Override
        public String toString() {
            return "ClientKey[clientId=" + clientId + ", keyId=" + keyId + "]";
        }
    }
}
