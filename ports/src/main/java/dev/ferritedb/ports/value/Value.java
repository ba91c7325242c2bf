package dev.ferritedb.ports.value;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One value of a record's field, of a request body or of a document, whatever text it came from.
///
/// A field holds: text-like types (text, email, url, editor, date, autodate, password hash, single select,
/// relation and file) a [Text]; number a [Number]; bool a [Truth]; multiple select, relation and file [Items] of
/// [Text]; geoPoint [Members] with `lon` and `lat`; json a [Json]. Dates are UTC text `yyyy-MM-dd HH:mm:ss.SSSZ`;
/// the zero date is empty text.
public sealed interface Value {

    /// JSON's null, and the empty value of a json field.
    enum Nothing implements Value {
        NOTHING
    }

    record Text(String text) implements Value {
        public static final Text EMPTY = new Text("");

        public Text {
            Objects.requireNonNull(text);
        }
    }

    /// A finite 64-bit float: the only number a number field holds.
    record Number(double number) implements Value {
        public static final Number ZERO = new Number(0);
    }

    /// A number that no 64-bit float holds, such as 2^53 + 1. Json fields keep it; a number
    /// field rounds fractions and takes no whole one.
    record Exact(BigDecimal number) implements Value {
        public Exact {
            Objects.requireNonNull(number);
        }
    }

    record Truth(boolean truth) implements Value {
        public static final Truth TRUE = new Truth(true);
        public static final Truth FALSE = new Truth(false);

        public static Truth of(boolean truth) {
            return truth ? TRUE : FALSE;
        }
    }

    record Items(List<Value> items) implements Value {
        public static final Items EMPTY = new Items(List.of());

        public Items {
            items = List.copyOf(items);
        }
    }

    /// An object; its members keep their order.
    record Members(Map<String, Value> members) implements Value {
        public static final Members EMPTY = new Members(Map.of());

        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// @return [Nothing] when there is no such member
        public Value get(String name) {
            return members.getOrDefault(name, NOTHING);
        }
    }

    /// A JSON document in its encoded form, so that it is stored and sent as it stands. [JsonDocuments] decodes it.
    record Json(String encoded) implements Value {
        public static final Json NULL = new Json("null");

        public Json {
            Objects.requireNonNull(encoded);
        }
    }

    Nothing NOTHING = Nothing.NOTHING;

    static Value text(String text) {
        return text.isEmpty() ? Text.EMPTY : new Text(text);
    }

    static Value number(double number) {
        return new Number(number);
    }

    static Value truth(boolean truth) {
        return Truth.of(truth);
    }
}
