package dev.ferritedb.ports.query;

import dev.ferritedb.ports.value.Value;
import java.util.List;
import java.util.Objects;

/// One side of a comparison.
public sealed interface Operand {

    record Literal(Value value) implements Operand {
        public Literal {
            Objects.requireNonNull(value);
        }
    }

    /// A field of the record, or of one reached from it.
    record Member(FieldPath path, Modifier modifier) implements Operand {
        public Member {
            Objects.requireNonNull(path);
            Objects.requireNonNull(modifier);
        }
    }

    /// What the store can't know: it asks [Givens] when the condition is used.
    sealed interface Given extends Operand {}

    /// A value under `@request.`: `path` is what follows it, such as `auth.id`, `body.title` or `method`.
    record RequestValue(List<String> path, Modifier modifier) implements Given {
        public RequestValue {
            path = List.copyOf(path);
            Objects.requireNonNull(modifier);
        }
    }

    /// A moment or a part of it, such as `now` or `todayStart`: the macro's name without the `@`.
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
}
