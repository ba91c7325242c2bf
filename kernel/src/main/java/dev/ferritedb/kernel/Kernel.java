package dev.ferritedb.kernel;

import dev.ferritedb.kernel.account.Accounts;
import dev.ferritedb.kernel.account.OAuth2;
import dev.ferritedb.kernel.audit.Audit;
import dev.ferritedb.kernel.identity.Authenticator;
import dev.ferritedb.kernel.identity.SessionPolicy;
import dev.ferritedb.kernel.mail.AccountMails;
import dev.ferritedb.kernel.mail.CredentialNotices;
import dev.ferritedb.kernel.mail.TestMails;
import dev.ferritedb.kernel.realtime.RealtimeService;
import dev.ferritedb.kernel.record.HookDispatch;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.kernel.rule.RuleBooks;
import dev.ferritedb.kernel.schema.SchemaService;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.identity.CommonPasswords;
import dev.ferritedb.ports.persistence.RecordStore;
import java.util.HexFormat;

/// All use cases, for the driving adapters and for programs that embed FerriteDB. Two kernels can live in one
/// process.
public final class Kernel implements AutoCloseable {
    private final RecordStore store;
    private final SchemaService schema;
    private final RecordService records;
    private final Authenticator authenticator;
    private final Accounts accounts;
    private final OAuth2 oauth2;
    private final SettingsService settings;
    private final Audit audit;
    private final HookDispatch hooks;
    private final CommonPasswords commonPasswords;
    private final RealtimeService realtime;
    private final AccountMails mails;
    private final TestMails testMails;

    private Kernel(KernelPorts ports) {
        var rules = new RuleBooks();
        this.store = ports.store();
        this.audit = new Audit(ports.audit(), ports.clock());
        this.schema = new SchemaService(
                store,
                rules,
                ports.json(),
                ports.clock(),
                ports.random(),
                ports.policy().passwordMinLength(),
                ports.identityProviders(),
                audit);
        this.records = new RecordService(
                store,
                rules,
                ports.passwords(),
                ports.commonPasswords(),
                ports.tokens(),
                ports.json(),
                ports.clock(),
                ports.random(),
                ports.hooks(),
                audit);
        this.commonPasswords = ports.commonPasswords();
        this.settings = new SettingsService(store, ports.fixedSettings(), audit);
        this.mails = new AccountMails(settings, ports.outbox());
        this.testMails = new TestMails(store, settings, ports.outbox());
        this.hooks = new HookDispatch(ports.hooks());
        SessionPolicy sessions = sessions(ports);
        this.authenticator = new Authenticator(store, ports.tokens(), ports.clock(), sessions.secret());
        this.realtime = new RealtimeService(store, authenticator, ports.json(), ports.random());
        this.accounts = new Accounts(
                store,
                rules,
                records,
                ports.passwords(),
                ports.tokens(),
                ports.json(),
                ports.clock(),
                mails,
                audit,
                sessions,
                ports.policy(),
                ports.random(),
                settings);
        this.oauth2 = new OAuth2(
                accounts,
                store,
                records.accountChanges(),
                ports.identityProviders(),
                settings,
                audit,
                ports.json(),
                ports.clock(),
                ports.random());
    }

    private static SessionPolicy sessions(KernelPorts ports) {
        SessionPolicy given = ports.policy().sessions();
        if (!given.secret().isEmpty()) return given;
        var secret = new byte[SessionPolicy.SECRET_MIN_CHARACTERS];
        ports.random().nextBytes(secret);
        return given.withSecret(HexFormat.of().formatHex(secret));
    }

    /// Takes a migrated store over and makes the system collections that are missing.
    public static Kernel start(KernelPorts ports) {
        var kernel = new Kernel(ports);
        kernel.schema.ensureSystemCollections();
        kernel.hooks.listenTo(kernel.store);
        kernel.store.onCommit(new CredentialNotices(kernel.mails));
        return kernel;
    }

    public SchemaService schema() {
        return schema;
    }

    public RecordService records() {
        return records;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public Accounts accounts() {
        return accounts;
    }

    public OAuth2 oauth2() {
        return oauth2;
    }

    public SettingsService settings() {
        return settings;
    }

    /// Passwords that are refused, except from the operator.
    public CommonPasswords commonPasswords() {
        return commonPasswords;
    }

    public RealtimeService realtime() {
        return realtime;
    }

    public TestMails testMails() {
        return testMails;
    }

    public Audit audit() {
        return audit;
    }

    /// Really writes and reads. Throws [dev.ferritedb.ports.problem.PortFailure] when it can't.
    public void probe() {
        store.probe();
        audit.demandKept();
    }

    /// Lets hooks finish what they were told. The store and the other ports stay open.
    @Override
    public void close() {
        hooks.close();
    }
}
