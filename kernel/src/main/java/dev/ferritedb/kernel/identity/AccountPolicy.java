package dev.ferritedb.kernel.identity;

import java.util.Objects;

/// What the operator decides about accounts.
///
/// @param passwordMinLength what the password field of a new auth collection starts with, in code points
/// @param signInFailuresPerMinute how many sign-ins may fail from one address in a minute
/// @param throttled whether failed sign-ins are counted at all
public record AccountPolicy(
        int passwordMinLength, int signInFailuresPerMinute, boolean throttled, SessionPolicy sessions) {
    public static final int PASSWORD_MIN_LENGTH_DEFAULT = 8;

    /// A person with several accounts and a bad memory stays below it, and so does an office behind one address.
    public static final int SIGN_IN_FAILURES_PER_MINUTE_DEFAULT = 30;

    public static final AccountPolicy DEFAULT = new AccountPolicy(
            PASSWORD_MIN_LENGTH_DEFAULT, SIGN_IN_FAILURES_PER_MINUTE_DEFAULT, true, SessionPolicy.DEFAULT);

    public AccountPolicy {
        Objects.requireNonNull(sessions);
        if (passwordMinLength < 1) throw new IllegalArgumentException("not a length: " + passwordMinLength);
        if (signInFailuresPerMinute < 1) throw new IllegalArgumentException("not a count: " + signInFailuresPerMinute);
    }

    public AccountPolicy with(SessionPolicy newSessions) {
        return new AccountPolicy(passwordMinLength, signInFailuresPerMinute, throttled, newSessions);
    }
}
