package dev.ferritedb.ports.schema;

import java.util.List;
import java.util.OptionalDouble;

/// What a field holds, with the options of that kind. Zero stands for "not limited" or "the default" where the
/// doc says so. Source: the wire contract, section 5.
public sealed interface FieldType {

    /// Lengths in code points; 0 as `min` is no bound, 0 as `max` is 5000. Patterns are empty when not set.
    record Text(int min, int max, String pattern, String autogeneratePattern, boolean primaryKey) implements FieldType {
        public static final int MAX_DEFAULT = 5000;

        public static final Text PLAIN = new Text(0, 0, "", "", false);
        public static final Text ID = new Text(15, 15, "^[a-z0-9]+$", "[a-z0-9]{15}", true);
    }

    record Number(OptionalDouble min, OptionalDouble max, boolean onlyInt) implements FieldType {
        public static final Number PLAIN = new Number(OptionalDouble.empty(), OptionalDouble.empty(), false);
    }

    record Bool() implements FieldType {}

    /// At most one of the two lists is filled.
    record Email(List<String> exceptDomains, List<String> onlyDomains) implements FieldType {
        public Email {
            exceptDomains = List.copyOf(exceptDomains);
            onlyDomains = List.copyOf(onlyDomains);
        }
    }

    /// The lists hold hosts; at most one is filled.
    record Url(List<String> exceptDomains, List<String> onlyDomains) implements FieldType {
        public Url {
            exceptDomains = List.copyOf(exceptDomains);
            onlyDomains = List.copyOf(onlyDomains);
        }
    }

    /// HTML text; `maxSize` in bytes, 0 is 5 MiB.
    record Editor(long maxSize, boolean convertUrls) implements FieldType {
        public static final long MAX_SIZE_DEFAULT = 5L << 20;
    }

    /// Bounds in date text, empty when not set.
    record Date(String min, String max) implements FieldType {}

    /// Set by the server on create, on update, or both.
    record Autodate(boolean onCreate, boolean onUpdate) implements FieldType {}

    /// `maxSelect` above 1 makes it multiple.
    record Select(List<String> values, int maxSelect) implements FieldType {
        public Select {
            values = List.copyOf(values);
        }
    }

    /// Points at records of the collection with that id. `maxSelect` above 1 makes it multiple.
    record Relation(String collectionId, boolean cascadeDelete, int minSelect, int maxSelect) implements FieldType {}

    /// `maxSize` in bytes, 0 is 5 MiB. `maxSelect` above 1 makes it multiple.
    record File(long maxSize, int maxSelect, List<String> mimeTypes, List<String> thumbs, boolean isProtected)
            implements FieldType {
        public static final long MAX_SIZE_DEFAULT = 5L << 20;

        public File {
            mimeTypes = List.copyOf(mimeTypes);
            thumbs = List.copyOf(thumbs);
        }
    }

    /// `maxSize` in bytes of the encoded document, 0 is 1 MiB.
    record Json(long maxSize) implements FieldType {
        public static final long MAX_SIZE_DEFAULT = 1L << 20;
    }

    /// Stored as a hash, never shown. Lengths in code points: 0 as `min` is no bound, 0 as `max` is 256: nothing
    /// is cut off before hashing. `cost` is kept for clients.
    record Password(String pattern, int min, int max, int cost) implements FieldType {
        public static final int MAX_DEFAULT = 256;
    }

    /// Longitude -180..180 and latitude -90..90, in degrees.
    record GeoPoint() implements FieldType {}

    /// @return the type's name on the wire
    default String wireName() {
        return switch (this) {
            case Text _ -> "text";
            case Number _ -> "number";
            case Bool _ -> "bool";
            case Email _ -> "email";
            case Url _ -> "url";
            case Editor _ -> "editor";
            case Date _ -> "date";
            case Autodate _ -> "autodate";
            case Select _ -> "select";
            case Relation _ -> "relation";
            case File _ -> "file";
            case Json _ -> "json";
            case Password _ -> "password";
            case GeoPoint _ -> "geoPoint";
        };
    }

    /// @return whether a record holds a list of values in such a field
    default boolean multiple() {
        return switch (this) {
            case Select select -> select.maxSelect > 1;
            case Relation relation -> relation.maxSelect > 1;
            case File file -> file.maxSelect > 1;
            case Text _,
                    Number _,
                    Bool _,
                    Email _,
                    Url _,
                    Editor _,
                    Date _,
                    Autodate _,
                    Json _,
                    Password _,
                    GeoPoint _ -> false;
        };
    }

    /// How a value of such a field is kept and shown.
    default Shape shape() {
        return switch (this) {
            case Text _, Email _, Url _, Editor _, Date _, Autodate _, Password _ -> Shape.TEXT;
            case Number _ -> Shape.NUMBER;
            case Bool _ -> Shape.TRUTH;
            case Select _, Relation _, File _ -> multiple() ? Shape.LIST : Shape.TEXT;
            case Json _ -> Shape.JSON;
            case GeoPoint _ -> Shape.POINT;
        };
    }

    /// LIST, JSON and POINT are kept as JSON documents.
    enum Shape {
        TEXT,
        NUMBER,
        TRUTH,
        LIST,
        JSON,
        POINT
    }
}
