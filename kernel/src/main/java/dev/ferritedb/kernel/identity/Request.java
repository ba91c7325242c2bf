package dev.ferritedb.kernel.identity;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.util.Map;
import java.util.Objects;

/// What rules may ask of a request beside its body.
///
/// @param method in upper case, such as `GET`
/// @param context what the request is part of, as `@request.context` says it
/// @param query the first value of each query parameter
/// @param headers the first value of each header; names in lower-case snake case
public record Request(
        Caller caller,
        String method,
        Context context,
        Map<String, String> query,
        Map<String, String> headers,
        Origin origin) {
    public Request {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(method);
        Objects.requireNonNull(context);
        Objects.requireNonNull(query);
        Objects.requireNonNull(headers);
        Objects.requireNonNull(origin);
    }

    /// The operator's own work, such as a command or the seed.
    public static Request ofOperator() {
        return new Request(Caller.OPERATOR, "", Context.DEFAULT, Map.of(), Map.of(), Origin.NONE);
    }

    public enum Context {
        DEFAULT("default"),
        EXPAND("expand"),
        REALTIME("realtime"),
        PROTECTED_FILE("protectedFile"),
        BATCH("batch"),
        OAUTH2("oauth2"),
        OTP("otp"),
        PASSWORD("password"),
        REGISTRATION("registration");

        private final String wireName;

        Context(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /// Refuses everyone but superusers and the operator: guests with `Unauthenticated`, others with `Forbidden`
    /// (`superuser_required`).
    public void demandSuperuser() {
        if (caller.isSuperuser()) return;
        boolean known = caller.signedIn().isPresent();
        throw new Refusal(known ? Problem.Forbidden.onlySuperusers() : Problem.Unauthenticated.missing());
    }

    public Request within(Context newContext) {
        return new Request(caller, method, newContext, query, headers, origin);
    }

    public Request as(String newMethod) {
        return new Request(caller, newMethod, context, query, headers, origin);
    }

    public Request by(Caller newCaller) {
        return new Request(newCaller, method, context, query, headers, origin);
    }
}
