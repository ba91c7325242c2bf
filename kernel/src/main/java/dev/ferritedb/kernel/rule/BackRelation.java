package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A relation that points here from elsewhere: `posts_via_author`, from a user.
///
/// @param source whose records point
public record BackRelation(CollectionSchema source, Field relation) {
    private static final String VIA = "_via_";

    /// What `name` names from a record of `target`. A collection may be called `links_via`: the first split that
    /// makes sense counts.
    ///
    /// @param collections finds a collection by its name
    /// @param visible which relations are known to who asks
    public static Optional<BackRelation> named(
            String name,
            CollectionSchema target,
            Function<String, Optional<CollectionSchema>> collections,
            Predicate<Field> visible) {
        for (int via = name.indexOf(VIA); via > 0; via = name.indexOf(VIA, via + 1)) {
            String relation = name.substring(via + VIA.length());
            Optional<BackRelation> found = collections
                    .apply(name.substring(0, via))
                    .flatMap(source -> source.field(relation)
                            .filter(visible)
                            .filter(field -> pointsAt(target, field))
                            .map(field -> new BackRelation(source, field)));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static boolean pointsAt(CollectionSchema target, Field field) {
        return field.type() instanceof FieldType.Relation points
                && points.collectionId().equals(target.id());
    }
}
