package dev.ferritedb.oauth2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is particular to one provider.
///
/// @param authUrl as the next two, empty where the collection's options must say
/// @param authParameters of the authorization URL, beyond the usual ones
/// @param userHeaders of the request for the user; `{clientId}` stands for it
/// @param userQuery a GraphQL query for the user, empty where a GET asks
/// @param issuers who may have signed its ID tokens; empty when it has none, or the options say
/// @param jwksUrl where the keys to its ID tokens are
/// @param id as the other templates: where the user's answer says so
/// @param names the first that is not empty counts
/// @param active a member that must hold the text after it
record Declaration(
        String name,
        String displayName,
        String logo,
        boolean pkce,
        List<String> scopes,
        String authUrl,
        String tokenUrl,
        String userUrl,
        ClientAuthentication clientAuthentication,
        Map<String, String> authParameters,
        Map<String, String> userHeaders,
        String userQuery,
        List<String> issuers,
        String jwksUrl,
        Template id,
        List<Template> names,
        Template username,
        Template email,
        EmailProof emailProof,
        Optional<EmailList> emailList,
        Template avatar,
        Map<String, String> active) {

    /// How the client tells the token endpoint who it is; the other way is tried when one is refused.
    enum ClientAuthentication {
        BODY,
        HEADER
    }

    boolean isOpenId() {
        return scopes.contains("openid") || !jwksUrl.isEmpty();
    }

    static Builder of(String name, String displayName, String colour) {
        return new Builder(name, displayName, colour);
    }

    static final class Builder {
        private final String name;
        private final String displayName;
        private final String logo;
        private boolean pkce = true;
        private List<String> scopes = List.of();
        private String authUrl = "";
        private String tokenUrl = "";
        private String userUrl = "";
        private ClientAuthentication clientAuthentication = ClientAuthentication.BODY;
        private final Map<String, String> authParameters = new LinkedHashMap<>();
        private final Map<String, String> userHeaders = new LinkedHashMap<>();
        private String userQuery = "";
        private List<String> issuers = List.of();
        private String jwksUrl = "";
        private Template id = new Template("{id}");
        private List<Template> names = List.of(new Template("{name}"));
        private Template username = Template.NONE;
        private Template email = Template.NONE;
        private EmailProof emailProof = EmailProof.Known.NEVER;
        private Optional<EmailList> emailList = Optional.empty();
        private Template avatar = Template.NONE;
        private final Map<String, String> active = new LinkedHashMap<>();

        private Builder(String name, String displayName, String colour) {
            this.name = name;
            this.displayName = displayName;
            this.logo = Logo.of(displayName, colour);
        }

        Builder withoutPkce() {
            pkce = false;
            return this;
        }

        Builder scopes(String... all) {
            scopes = List.of(all);
            return this;
        }

        Builder endpoints(String authorization, String token, String user) {
            authUrl = authorization;
            tokenUrl = token;
            userUrl = user;
            return this;
        }

        Builder clientInHeader() {
            clientAuthentication = ClientAuthentication.HEADER;
            return this;
        }

        Builder authParameter(String parameter, String value) {
            authParameters.put(parameter, value);
            return this;
        }

        Builder userHeader(String header, String value) {
            userHeaders.put(header, value);
            return this;
        }

        Builder userQuery(String graphQl) {
            userQuery = graphQl;
            return this;
        }

        Builder idTokens(String keysUrl, String... signers) {
            jwksUrl = keysUrl;
            issuers = List.of(signers);
            return this;
        }

        Builder id(String template) {
            id = new Template(template);
            return this;
        }

        Builder name(String... templates) {
            names = List.of(templates).stream().map(Template::new).toList();
            return this;
        }

        Builder username(String template) {
            username = new Template(template);
            return this;
        }

        Builder email(String template, EmailProof proof) {
            email = new Template(template);
            emailProof = proof;
            return this;
        }

        Builder email(EmailList list) {
            emailList = Optional.of(list);
            return this;
        }

        Builder avatar(String template) {
            avatar = new Template(template);
            return this;
        }

        Builder activeWhen(String path, String value) {
            active.put(path, value);
            return this;
        }

        Declaration done() {
            return new Declaration(
                    name,
                    displayName,
                    logo,
                    pkce,
                    scopes,
                    authUrl,
                    tokenUrl,
                    userUrl,
                    clientAuthentication,
                    Map.copyOf(authParameters),
                    Map.copyOf(userHeaders),
                    userQuery,
                    issuers,
                    jwksUrl,
                    id,
                    names,
                    username,
                    email,
                    emailProof,
                    emailList,
                    avatar,
                    Map.copyOf(active));
        }
    }
}
