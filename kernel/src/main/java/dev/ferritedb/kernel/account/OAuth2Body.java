package dev.ferritedb.kernel.account;

import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.util.List;

/// What a client sends to sign in by a provider's code. Source: the wire contract, section 9.1.
///
/// @param createData of the account, should one be made
record OAuth2Body(String provider, String code, String codeVerifier, String redirectUrl, Value.Members createData) {
    private static final int TEXT_MAX = 8 * 1024;

    /// Where a code is asked about and how it is checked are the collection's to say; whoever tries is up to
    /// something.
    private static final List<String> ENDPOINTS = List.of(
            "authURL",
            "authUrl",
            "tokenURL",
            "tokenUrl",
            "userInfoURL",
            "userInfoUrl",
            "userApiURL",
            "userApiUrl",
            "jwksURL",
            "jwksUrl",
            "issuer",
            "issuers",
            "clientId",
            "clientSecret",
            "extra");

    static OAuth2Body read(Value.Members body, List<FieldProblem> problems) {
        for (String endpoint : ENDPOINTS) {
            if (body.members().containsKey(endpoint)) {
                problems.add(FieldProblem.at(endpoint, "validation_empty", "Must not be sent."));
            }
        }
        Value createData = body.get("createData");
        if (createData != Value.NOTHING && !(createData instanceof Value.Members)) {
            problems.add(FieldProblem.at("createData", "validation_invalid_value", "Must be an object."));
        }
        String redirectUrl = text(body, "redirectURL", problems);
        return new OAuth2Body(
                required(body, "provider", problems),
                required(body, "code", problems),
                text(body, "codeVerifier", problems),
                redirectUrl.isEmpty() ? text(body, "redirectUrl", problems) : redirectUrl,
                createData instanceof Value.Members members ? members : Value.Members.EMPTY);
    }

    private static String required(Value.Members body, String member, List<FieldProblem> problems) {
        String text = text(body, member, problems);
        if (text.isEmpty()) problems.add(FieldProblem.required(member));
        return text;
    }

    private static String text(Value.Members body, String member, List<FieldProblem> problems) {
        String text = body.get(member) instanceof Value.Text given ? given.text() : "";
        if (text.length() <= TEXT_MAX) return text;
        problems.add(FieldProblem.at(member, "validation_length_too_long", "Is too long."));
        return text.substring(0, TEXT_MAX);
    }

    @Override
    public String toString() {
        return "OAuth2Body[provider=" + provider + "]";
    }
}
