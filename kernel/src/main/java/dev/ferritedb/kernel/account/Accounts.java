package dev.ferritedb.kernel.account;

import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.identity.AccountPolicy;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.record.AccountChanges;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.identity.PasswordHasher;
import dev.ferritedb.ports.identity.TokenCodec;
import dev.ferritedb.ports.persistence.RecordStore;
import dev.ferritedb.ports.value.JsonDocuments;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What accounts can do for themselves, and what is done for them: each capability is a use case of its own.
public final class Accounts {
    private final Admission admission;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Registration registration;
    private final OneTimePasswords oneTimePasswords;
    private final AccountSweep sweep;
    private final SignInThrottle throttle;
    private final Impersonation impersonation;
    private final FirstSuperuser firstSuperuser;
    private final Verification verification;
    private final PasswordReset passwordReset;
    private final EmailChange emailChange;

    public Accounts(
            RecordStore store,
            RuleBooks rules,
            RecordService records,
            PasswordHasher passwords,
            TokenCodec tokens,
            JsonDocuments json,
            InstantSource clock,
            AccountMails mails,
            Audit audit,
            SessionPolicy sessionPolicy,
            AccountPolicy policy,
            RandomGenerator random,
            SettingsService settings) {
        this.throttle = new SignInThrottle(policy, clock, audit);
        var accountTokens = new AccountTokens(tokens, clock);
        AccountChanges changes = records.accountChanges();
        var secondFactors = new SecondFactors(changes, random, clock);
        var alerts = new LoginAlerts(store, changes, mails, clock);
        this.admission = new Admission(store, rules, json, clock, secondFactors, alerts, settings, audit);
        var passwordFactor = new PasswordFactor(store, passwords, throttle, audit);
        this.oneTimePasswords = new OneTimePasswords(store, changes, passwords, mails, random, clock, audit);
        this.signIn = new SignIn(store, passwordFactor, oneTimePasswords, admission, accountTokens, tokens, audit);
        this.impersonation = new Impersonation(store, settings, accountTokens, audit);
        this.firstSuperuser = new FirstSuperuser(store, records, tokens, clock, random);
        this.sweep = new AccountSweep(store, changes, clock);
        var sessionTokens = new SessionTokens(tokens, sessionPolicy, random);
        this.sessions = new Sessions(
                store, records.accountChanges(), passwordFactor, admission, sessionTokens, clock, sessionPolicy, audit);
        this.registration = new Registration(store, changes, admission, sessions);
        var mailed = new MailedTokens(tokens);
        this.verification =
                new Verification(store, changes, accountTokens, mailed, mails, new RecentMails(clock), audit);
        this.passwordReset =
                new PasswordReset(store, changes, accountTokens, mailed, mails, new RecentMails(clock), audit);
        this.emailChange = new EmailChange(store, changes, passwords, accountTokens, mailed, mails, throttle, audit);
    }

    /// For whatever else proves an account.
    public SignInThrottle throttle() {
        return throttle;
    }

    public OneTimePasswords oneTimePasswords() {
        return oneTimePasswords;
    }

    /// What is due from time to time.
    public AccountSweep sweep() {
        return sweep;
    }

    public SignIn signIn() {
        return signIn;
    }

    public Registration registration() {
        return registration;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Impersonation impersonation() {
        return impersonation;
    }

    public FirstSuperuser firstSuperuser() {
        return firstSuperuser;
    }

    public Verification verification() {
        return verification;
    }

    public PasswordReset passwordReset() {
        return passwordReset;
    }

    public EmailChange emailChange() {
        return emailChange;
    }

    Admission admission() {
        return admission;
    }
}
