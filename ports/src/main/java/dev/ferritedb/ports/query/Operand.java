package dev.ferritedb.ports.query;

import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Objects;

/// One side of a comparison.
public sealed interface Operand {

    /// @param value no list and no document
    record Literal(Value value) implements Operand {
        public Literal {
            Objects.requireNonNull(value);
        }
    }

    /// A field of the record, or of one reached from it.
    ///
    /// @param modifier NONE, LENGTH, EACH or LOWER
    record Member(FieldPath path, Modifier modifier) implements Operand {
        public Member {
            Objects.requireNonNull(path);
            Objects.requireNonNull(modifier);
        }
    }

    /// A function of arguments of which at least one is stored.
    record Call(Function function, List<Operand> arguments) implements Operand {
        public Call {
            Objects.requireNonNull(function);
            arguments = List.copyOf(arguments);
        }
    }

    /// What the store can't know: it asks [Givens] when the condition is used.
    sealed interface Given extends Operand {}

    /// A function of arguments of which none is stored.
    record Computed(Function function, List<Operand> arguments) implements Given {
        public Computed {
            Objects.requireNonNull(function);
            arguments = List.copyOf(arguments);
        }
    }

    /// A value under `@request.`: `path` is what follows it, such as `auth.id`, `body.title` or `method`, part by
    /// part. With EACH, beside [Rows.SentItems], the value at hand of a list; asked of [Givens] it is that list as
    /// JSON text, nothing when it is no list.
    record RequestValue(List<String> path, Modifier modifier) implements Given {
        public RequestValue {
            path = List.copyOf(path);
            Objects.requireNonNull(modifier);
        }
    }

    /// A moment (date text) or a part of one (a number).
    record Moment(DateMacro macro) implements Given {
        public Moment {
            Objects.requireNonNull(macro);
        }
    }

    enum Modifier {
        NONE,
        ISSET,
        CHANGED,
        LENGTH,
        EACH,
        LOWER
    }

    /// Source: the wire contract, section 15.5, and FerriteDB's additions.
    enum Function {
        /// From longitude and latitude to another pair, all in degrees: kilometres, to the metre; missing when one
        /// is no number.
        GEO_DISTANCE,
        /// A format, a time and modifiers as SQLite reads them; missing when the time can't be read. Only the time
        /// is no literal.
        STRFTIME,
        /// Code points of a text up to a NUL, items of a list, members of a document; 0 for anything else.
        SIZE,
        /// Whether a text holds another, or a list an item; case counts.
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }

    enum DateMacro {
        NOW,
        YESTERDAY,
        TOMORROW,
        TODAY_START,
        TODAY_END,
        MONTH_START,
        MONTH_END,
        YEAR_START,
        YEAR_END,
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        MONTH,
        WEEKDAY,
        YEAR
    }

    /// How a stored value asks the other side to be read.
    enum Reading {
        AS_TEXT,
        AS_NUMBER,
        AS_IS;

        public Scalar read(Scalar scalar) {
            return switch (this) {
                case AS_TEXT -> scalar.asText();
                case AS_NUMBER -> scalar.asNumber();
                case AS_IS -> scalar;
            };
        }
    }

    /// Whether the store holds the value, so that it differs from record to record, or from row to row.
    default boolean stored() {
        return switch (this) {
            case Member _, Call _ -> true;
            case RequestValue value -> value.modifier == Modifier.EACH;
            case Literal _, Moment _, Computed _ -> false;
        };
    }

    default Reading reading() {
        if (!(this instanceof Member(FieldPath path, Modifier modifier))
                || !path.inside().isEmpty()) return Reading.AS_IS;
        return switch (modifier) {
            case NONE ->
                switch (path.field().type().shape()) {
                    case TEXT -> Reading.AS_TEXT;
                    case NUMBER, TRUTH -> Reading.AS_NUMBER;
                    case LIST, JSON, POINT -> Reading.AS_IS;
                };
            case EACH, ISSET, CHANGED, LENGTH, LOWER -> Reading.AS_IS;
        };
    }

    /// Whether nothing and the empty text are two things here: so it is with json, inside documents, with
    /// `:changed` and with distances.
    default boolean strict() {
        return switch (this) {
            case Member member ->
                member.path.field().type().shape() == FieldType.Shape.JSON
                        || !member.path.inside().isEmpty();
            case RequestValue value -> value.modifier == Modifier.CHANGED;
            case Call(Function function, var _) -> function == Function.GEO_DISTANCE;
            case Computed(Function function, var _) -> function == Function.GEO_DISTANCE;
            case Literal _, Moment _ -> false;
        };
    }
}
