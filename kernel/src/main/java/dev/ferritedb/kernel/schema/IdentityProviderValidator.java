package dev.ferritedb.kernel.schema;

import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.schema.AuthOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Says what is wrong with the identity providers of an auth collection. Source: the wire contract, section 6.1.
final class IdentityProviderValidator {
    private final AuthOptions.OAuth2 oauth2;
    private final List<IdentityProvider> known;

    /// @param known none where no plug-in brings any: then all but the names is left unjudged
    IdentityProviderValidator(AuthOptions.OAuth2 oauth2, List<IdentityProvider> known) {
        this.oauth2 = oauth2;
        this.known = known;
    }

    List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        var names = new HashSet<String>();
        for (int i = 0; i < oauth2.providers().size(); i++) {
            ProviderOptions options = ProviderOptions.of(oauth2.providers().get(i));
            String position = Integer.toString(i);
            boolean isNew = names.add(options.name());
            for (FieldProblem problem : isNew ? problems(options) : List.of(duplicated(options.name()))) {
                problems.add(problem.under("oauth2", "providers", position));
            }
        }
        return List.copyOf(problems);
    }

    private List<FieldProblem> problems(ProviderOptions options) {
        if (options.name().isEmpty()) return List.of(FieldProblem.required("name"));
        if (known.isEmpty()) return List.of();
        return known.stream()
                .filter(provider -> provider.name().equals(options.name()))
                .findFirst()
                .map(provider -> provider.problems(options))
                .orElseGet(() -> List.of(missing(options.name())));
    }

    private static FieldProblem missing(String name) {
        String message = "Invalid or missing provider with name " + name + ".";
        return FieldProblem.at("name", "validation_missing_provider", message, Map.of("name", name));
    }

    private static FieldProblem duplicated(String name) {
        String message = "The provider " + name + " is already registered.";
        return FieldProblem.at("name", "validation_duplicated_provider", message, Map.of("name", name));
    }
}
