package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.identity.Request;

/// How someone proves to be an account. Each is a factor of its own where a collection asks for two.
public enum SignInMethod {
    PASSWORD(Request.Context.PASSWORD),
    OAUTH2(Request.Context.OAUTH2),
    OTP(Request.Context.OTP);

    private final Request.Context context;

    SignInMethod(Request.Context context) {
        this.context = context;
    }

    /// What `@request.context` says while someone signs in so.
    public Request.Context context() {
        return context;
    }

    public String wireName() {
        return context.wireName();
    }
}
