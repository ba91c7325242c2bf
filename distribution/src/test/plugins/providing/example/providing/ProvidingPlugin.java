package example.providing;

import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.plugin.Extension;
import dev.ferritedb.ports.plugin.Plugin;
import dev.ferritedb.ports.problem.FieldProblem;
import java.util.List;
import java.util.Optional;

/// Brings an identity provider that knows nobody and makes no secret.
public final class ProvidingPlugin implements Plugin {
    @Override
    public String name() {
        return "providing";
    }

    @Override
    public List<Extension> extensions() {
        return List.of((Extension.IdentityProvidersFactory) _ -> List.of(new House()));
    }

    private static final class House implements IdentityProvider {
        @Override
        public String name() {
            return "house";
        }

        @Override
        public String displayName() {
            return "The house";
        }

        @Override
        public String logo() {
            return "<svg/>";
        }

        @Override
        public boolean pkce() {
            return true;
        }

        @Override
        public List<FieldProblem> problems(ProviderOptions options) {
            return List.of(FieldProblem.required("clientId"));
        }

        @Override
        public String authorizationUrl(ProviderOptions options, AuthorizationRequest request) {
            return "https://house.example.com/?state=" + request.state() + "&redirect_uri=";
        }

        @Override
        public Identification identify(ProviderOptions options, AuthorizationCode code) {
            return new Identification.NotIdentified(
                    Identification.Step.USER,
                    Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()
                            ? "inside"
                            : "outside");
        }

        @Override
        public Optional<String> clientSecret(ClientKey key) {
            throw new IllegalArgumentException("no secrets here");
        }
    }
}
