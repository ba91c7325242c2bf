package dev.ferritedb.ports.problem;

import java.util.List;
import java.util.Objects;

/// Why a request is refused. `code` is wire API: stable, snake case. `message` is a sentence for people.
public sealed interface Problem {
    String code();

    String message();

    /// What was asked for does not exist, or the caller may not know that it does.
    record NotFound(String code, String message) implements Problem {
        public static NotFound record() {
            return new NotFound("record_not_found", WHAT_IS_MISSING);
        }

        public static NotFound collection(String nameOrId) {
            return new NotFound("collection_not_found", "There is no collection '" + abbreviated(nameOrId) + "'.");
        }
    }

    /// The input is wrong: as a whole (no `fields`), or in each named place.
    record Invalid(String code, String message, List<FieldProblem> fields) implements Problem {
        public Invalid {
            fields = List.copyOf(fields);
        }

        /// A transaction took longer than it was given; all of it is undone.
        public static final Invalid TOO_LONG = of("transaction_too_long", "The transaction takes too long.");

        public static Invalid of(String code, String message) {
            return new Invalid(code, message, List.of());
        }
    }

    /// The caller is known and may not.
    record Forbidden(String code, String message) implements Problem {
        public static Forbidden onlySuperusers() {
            return new Forbidden("superuser_required", "Only superusers can perform this action.");
        }
    }

    /// The caller must sign in first.
    record Unauthenticated(String code, String message) implements Problem {
        public static Unauthenticated missing() {
            return new Unauthenticated("authentication_required", "Missing or invalid authentication.");
        }
    }

    /// Something of that identity is there already, or it changed in between.
    record Conflict(String code, String message) implements Problem {}

    /// What is to be changed is no longer what the caller has seen.
    record Outdated(String code, String message) implements Problem {
        public static Outdated record() {
            return new Outdated("record_changed", "The record is not the one that If-Match names.");
        }
    }

    /// `limit` in bytes or items, as `message` says.
    record TooLarge(String code, String message, long limit) implements Problem {}

    record RateLimited(String code, String message, long retryAfterSeconds) implements Problem {}

    /// The server can't do it now; the request may be sent again.
    record Unavailable(String code, String message) implements Problem {}

    String WHAT_IS_MISSING = "The requested resource wasn't found.";

    static String abbreviated(String text) {
        Objects.requireNonNull(text);
        return text.length() <= 64 ? text : text.substring(0, 61) + "...";
    }
}
