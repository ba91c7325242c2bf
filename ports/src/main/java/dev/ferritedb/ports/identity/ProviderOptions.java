package dev.ferritedb.ports.identity;

import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;

/// What an auth collection says of one of its providers: the object of the wire contract, section 6.1. Texts are
/// empty and lists hold nothing where it says nothing.
///
/// @param authUrl as the next two, in place of the provider's own
public record ProviderOptions(
        String name,
        String displayName,
        String clientId,
        String clientSecret,
        String authUrl,
        String tokenUrl,
        String userInfoUrl,
        Pkce pkce,
        Value.Members extra) {

    public enum Pkce {
        AS_DECLARED,
        ON,
        OFF
    }

    /// Members of another kind count as absent.
    public static ProviderOptions of(Value.Members provider) {
        return new ProviderOptions(
                text(provider, "name"),
                text(provider, "displayName"),
                text(provider, "clientId"),
                text(provider, "clientSecret"),
                text(provider, "authURL"),
                text(provider, "tokenURL"),
                text(provider, "userInfoURL"),
                provider.get("pkce") instanceof Value.Truth pkce ? pkce.truth() ? Pkce.ON : Pkce.OFF : Pkce.AS_DECLARED,
                provider.get("extra") instanceof Value.Members extra ? extra : Value.Members.EMPTY);
    }

    public boolean pkce(boolean declared) {
        return switch (pkce) {
            case AS_DECLARED -> declared;
            case ON -> true;
            case OFF -> false;
        };
    }

    /// The text of a member of `extra`.
    public String extraText(String member) {
        return text(extra, member);
    }

    /// The texts of a member of `extra`: a list's, or the one that it is.
    public List<String> extraTexts(String member) {
        Value value = extra.get(member);
        var texts = new ArrayList<String>();
        for (Value item : value instanceof Value.Items list ? list.items() : List.of(value)) {
            if (item instanceof Value.Text text && !text.text().isEmpty()) texts.add(text.text());
        }
        return List.copyOf(texts);
    }

    private static String text(Value.Members members, String name) {
        return members.get(name) instanceof Value.Text text ? text.text() : "";
    }

    @Override
    public String toString() {
        return "ProviderOptions[" + name + "]";
    }
}
