package dev.ferritedb.oauth2;

import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.problem.FieldProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/// What keeps a collection's options of a provider from working.
final class OptionProblems {
    private final Declaration declaration;
    private final ProviderOptions options;
    private final List<FieldProblem> problems = new ArrayList<>();

    OptionProblems(Declaration declaration, ProviderOptions options) {
        this.declaration = declaration;
        this.options = options;
    }

    List<FieldProblem> all() {
        if (options.clientId().isBlank()) problems.add(FieldProblem.required("clientId"));
        if (options.clientSecret().isBlank()) problems.add(FieldProblem.required("clientSecret"));
        url("authURL", options.authUrl(), declaration.authUrl());
        url("tokenURL", options.tokenUrl(), declaration.tokenUrl());
        if (declaration.issuers().isEmpty() || !options.userInfoUrl().isEmpty()) {
            url("userInfoURL", options.userInfoUrl(), identifiedByToken() ? "the ID token" : declaration.userUrl());
        }
        if (!jwksUrl(options).isEmpty() && !isWebUrl(jwksUrl(options))) {
            problems.add(notUrl("jwksURL").under("extra"));
        }
        if (identifiedByToken() && !options.pkce(declaration.pkce())) {
            String message = "Without PKCE an ID token can't tell who signs in: set userInfoURL, or leave PKCE on.";
            problems.add(FieldProblem.at("pkce", "validation_invalid_value", message));
        }
        return List.copyOf(problems);
    }

    private void url(String member, String chosen, String declared) {
        if (chosen.isEmpty()) {
            if (declared.isEmpty()) problems.add(FieldProblem.required(member));
        } else if (!isWebUrl(chosen)) {
            problems.add(notUrl(member));
        }
    }

    private static FieldProblem notUrl(String member) {
        return FieldProblem.at(member, "validation_is_url", "Must be a valid URL.");
    }

    private static boolean isWebUrl(String text) {
        try {
            var url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || AddressPolicy.isHttps(url);
            return web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private boolean identifiedByToken() {
        if (!options.userInfoUrl().isEmpty() || !declaration.userUrl().isEmpty()) return false;
        boolean declared = !declaration.jwksUrl().isEmpty();
        return declared
                || declaration.isOpenId()
                        && !jwksUrl(options).isEmpty()
                        && !issuers(options).isEmpty();
    }

    static List<String> issuers(ProviderOptions options) {
        List<String> several = options.extraTexts("issuers");
        return several.isEmpty() ? options.extraTexts("issuer") : several;
    }

    static String jwksUrl(ProviderOptions options) {
        String url = options.extraText("jwksURL");
        return url.isEmpty() ? options.extraText("jwksUrl") : url;
    }
}
