package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Condition;
import dev.ferritedb.ports.query.Hop;
import dev.ferritedb.ports.query.Operand;
import dev.ferritedb.ports.query.Operand.DateMacro;
import dev.ferritedb.ports.query.Operand.Literal;
import dev.ferritedb.ports.query.Operand.Modifier;
import dev.ferritedb.ports.schema.CollectionCatalog;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the names of one text mean. A name that the audience may not know is told apart from one that does not
/// exist by nothing. Source: the wire contract, sections 15.2 to 15.4 and 15.9.
final class NameResolver {
    private static final Map<String, DateMacro> MACROS = Arrays.stream(DateMacro.values())
            .collect(Collectors.toUnmodifiableMap(NameResolver::written, Function.identity()));

    private final String source;
    private final CollectionSchema collection;
    private final CollectionCatalog catalog;
    private final boolean trusted;
    private final PathWalk walk;
    private final RequestNames request;

    /// @param guard what must hold besides wherever the operand is compared
    record Named(Operand operand, Condition guard) {
        Named(Operand operand) {
            this(operand, Condition.Constant.ALWAYS);
        }
    }

    private NameResolver(
            String source, CollectionSchema collection, CollectionCatalog catalog, Optional<ListRules> listRules) {
        this.source = source;
        this.collection = collection;
        this.catalog = catalog;
        this.trusted = listRules.isEmpty();
        this.walk = new PathWalk(collection, catalog, listRules);
        this.request = new RequestNames(collection, catalog, walk);
    }

    /// The list rule of a collection, as it restricts those who walk through it.
    @FunctionalInterface
    interface ListRules {
        CompiledRule of(CollectionSchema collection);
    }

    static NameResolver trusted(String source, CollectionSchema collection, CollectionCatalog catalog) {
        return new NameResolver(source, collection, catalog, Optional.empty());
    }

    static NameResolver forPublic(
            String source, CollectionSchema collection, CollectionCatalog catalog, ListRules listRules) {
        return new NameResolver(source, collection, catalog, Optional.of(listRules));
    }

    /// What the records that the names walk through must satisfy besides; with `way` a prefix of the ways walked.
    List<Condition.MissingOr> restrictions() {
        return walk.restrictions();
    }

    /// @return more than one where the meaning depends on the collection of the caller's account: one for each, and
    /// one for all others, of which the guards let through one
    List<Named> resolve(String written, int offset) {
        var name = new WrittenName(source, written, offset);
        if (written.startsWith("@")) return special(name);
        Optional<Value> literal = literal(written);
        if (literal.isPresent()) return List.of(new Named(new Literal(literal.get())));
        List<String> parts = name.parts();
        if (parts.size() > 1 && collection.position(parts.getFirst()) < 0) {
            if (parts.getFirst().equals("record")) return own(name, parts.subList(1, parts.size()));
            if (parts.getFirst().equals("user") && trusted) {
                var path = new ArrayList<>(parts);
                path.set(0, "auth");
                return request.resolve(name, path);
            }
        }
        return own(name, parts);
    }

    private List<Named> own(WrittenName name, List<String> parts) {
        return List.of(walk.member(name, List.of(), collection, parts));
    }

    private static Optional<Value> literal(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(Value.Truth.TRUE);
            case "false" -> Optional.of(Value.Truth.FALSE);
            case "null" -> Optional.of(Value.NOTHING);
            default -> Optional.empty();
        };
    }

    private List<Named> special(WrittenName name) {
        List<String> parts = name.parts();
        return switch (parts.getFirst()) {
            case "@request" -> {
                if (!trusted) throw name.unknown("");
                yield request.resolve(name, parts.subList(1, parts.size()));
            }
            case "@collection" -> {
                if (!trusted) throw name.unknown("");
                yield List.of(everything(name, parts));
            }
            default -> List.of(new Named(macro(name)));
        };
    }

    private Named everything(WrittenName name, List<String> parts) {
        if (parts.size() < 3) throw name.wrong("names no field: expected @collection.name.field");
        String[] nameAndAlias = parts.get(1).split(":", 2);
        CollectionSchema other = catalog.find(nameAndAlias[0])
                .orElseThrow(() -> name.wrong("names no collection: there is no '" + nameAndAlias[0] + "'"));
        String alias = nameAndAlias.length == 2 ? nameAndAlias[1] : "";
        return walk.member(name, List.of(new Hop.Everything(other, alias)), other, parts.subList(2, parts.size()));
    }

    private static Operand macro(WrittenName name) {
        DateMacro macro = MACROS.get(name.path());
        if (macro == null) throw name.unknown(Names.suggestion("", name.path(), MACROS.keySet()));
        if (name.modifier() != Modifier.NONE) throw name.wrong("can have no modifier");
        return new Operand.Moment(macro);
    }

    /// `TODAY_START` is written `@todayStart`.
    private static String written(DateMacro macro) {
        String[] words = macro.name().toLowerCase(Locale.ROOT).split("_");
        var written = new StringBuilder("@").append(words[0]);
        for (int i = 1; i < words.length; i++) {
            written.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return written.toString();
    }
}
