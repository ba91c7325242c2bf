package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.cli.transfer.Exporter;
import dev.ferritedb.cli.transfer.Format;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "admin",
        description = "Manages superusers, the accounts of other auth collections, and collections.",
        footer = {
            "  ferritedb admin create root@example.com",
            "  ferritedb admin list",
            "  ferritedb admin create-collection notes --field title:text:required"
        })
final class AdminCommand {
    private final CommandContext context;

    AdminCommand(CommandContext context) {
        this.context = context;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this).addSubcommand(new CreateCollectionCommand(context));
    }

    /// Which accounts are meant.
    static final class Accounts {
        @Option(
                names = "--collection",
                paramLabel = "NAME",
                defaultValue = "_superusers",
                description = "Auth collection of the account (default: ${DEFAULT-VALUE}).")
        private String collection = "";
    }

    @Command(
            name = "create",
            description = "Adds an account: a superuser, unless --collection says otherwise. Asks for the password.",
            footer = {
                "  ferritedb admin create root@example.com",
                "  pass show ferrite | ferritedb admin create --email root@example.com --password-stdin",
                "  ferritedb admin create bob@example.com --collection users --set role=editor"
            })
    int create(
            @Parameters(index = "0", arity = "0..1", paramLabel = "EMAIL", description = "E-mail of the account.")
                    Optional<String> emailArgument,
            @Option(names = "--email", paramLabel = "EMAIL", description = "The same.") Optional<String> emailOption,
            @Mixin Accounts accounts,
            @ArgGroup NewPassword password,
            @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "A further field; repeatable.")
                    Map<String, String> fields,
            @Option(names = "--json", description = "Answer with the record.") boolean json) {
        String email = email(emailArgument, emailOption);
        try (Workspace workspace = context.openWorkspace()) {
            CollectionSchema collection = workspace.kernel().accounts().signIn().collection(accounts.collection);
            String secret = NewPassword.of(password)
                    .read(context.terminal())
                    .orElseGet(() -> NewPassword.prompt(context.terminal()));
            var body = new LinkedHashMap<String, Value>();
            body.put("email", Value.text(email));
            body.put("verified", Value.Truth.TRUE);
            putPassword(body, secret);
            body.putAll(FieldOptions.values(collection, fields));
            String id = workspace
                    .kernel()
                    .records()
                    .create(Request.ofOperator(), collection.name(), new Value.Members(body))
                    .record()
                    .id();
            warnOfCommon(workspace, secret);
            tell(workspace, collection, id, "created " + email, json);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "list",
            description = "Lists the superusers, or the accounts of another auth collection.",
            footer = {"  ferritedb admin list", "  ferritedb admin list --collection users --json"})
    int list(
            @Mixin Accounts accounts,
            @Option(names = "--json", description = "Answer with a JSON array of the records.") boolean json) {
        try (Workspace workspace = context.openWorkspace()) {
            CollectionSchema collection = workspace.kernel().accounts().signIn().collection(accounts.collection);
            if (json) {
                var source = new RecordSource(workspace.kernel(), collection, "", "");
                List<Field> fields = RecordSource.exportable(collection);
                source.writeTo(Exporter.of(
                        Format.JSON,
                        collection,
                        fields,
                        false,
                        context.terminal().out()));
            } else {
                var table = new Table("ID", "EMAIL", "VERIFIED");
                new RecordSource(workspace.kernel(), collection, "", "")
                        .each(row -> table.row(
                                row.text(collection.position("id")),
                                row.text(collection.position("email")),
                                row.truth(collection.position("verified")) ? "yes" : "no"));
                table.printTo(context.terminal().out());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "update",
            description =
                    "Changes an account; whoever is signed in with it must sign in again after a new password or e-mail.",
            footer = {
                "  ferritedb admin update root@example.com --ask-password",
                "  ferritedb admin update alice@example.com --collection users --set role=editor"
            })
    int update(
            @Parameters(index = "0", paramLabel = "ACCOUNT", description = "E-mail or id of the account.")
                    String account,
            @Option(names = "--email", paramLabel = "EMAIL", description = "New e-mail.") Optional<String> newEmail,
            @Mixin Accounts accounts,
            @ArgGroup NewPassword password,
            @Option(names = "--ask-password", description = "Ask for a new password.") boolean askPassword,
            @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "A field to change; repeatable.")
                    Map<String, String> fields,
            @Option(names = "--json", description = "Answer with the record.") boolean json) {
        try (Workspace workspace = context.openWorkspace()) {
            CollectionSchema collection = workspace.kernel().accounts().signIn().collection(accounts.collection);
            String id = new AccountFinder(workspace.kernel(), collection).id(account);
            var body = new LinkedHashMap<String, Value>();
            newEmail.ifPresent(email -> body.put("email", Value.text(email)));
            Optional<String> secret = askPassword
                    ? Optional.of(NewPassword.prompt(context.terminal()))
                    : NewPassword.of(password).read(context.terminal());
            secret.ifPresent(text -> putPassword(body, text));
            body.putAll(FieldOptions.values(collection, fields));
            if (body.isEmpty()) {
                throw CommandFailure.usage("nothing to change: give --email, --password, --ask-password or --set");
            }
            workspace.kernel().records().update(Request.ofOperator(), collection.name(), id, new Value.Members(body));
            secret.ifPresent(text -> warnOfCommon(workspace, text));
            tell(workspace, collection, id, "updated " + account, json);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "delete",
            description = "Deletes an account. The last superuser stays.",
            footer = {
                "  ferritedb admin delete root@example.com",
                "  ferritedb admin delete bob@example.com --collection users"
            })
    int delete(
            @Parameters(index = "0", paramLabel = "ACCOUNT", description = "E-mail or id of the account.")
                    String account,
            @Mixin Accounts accounts,
            @Option(names = "--json", description = "Answer with {\"id\": …}.") boolean json) {
        try (Workspace workspace = context.openWorkspace()) {
            CollectionSchema collection = workspace.kernel().accounts().signIn().collection(accounts.collection);
            String id = new AccountFinder(workspace.kernel(), collection).id(account);
            workspace.kernel().records().delete(Request.ofOperator(), collection.name(), id);
            if (json) {
                Documents.print(
                        context.terminal().out(),
                        buffer -> buffer.object().name("id").text(id).endObject());
            } else {
                context.terminal().err().println("deleted " + Table.printable(account) + " from " + collection.name());
            }
            return ExitCode.DONE;
        }
    }

    private static String email(Optional<String> argument, Optional<String> option) {
        if (argument.isPresent() && option.isPresent() && !argument.equals(option)) {
            throw CommandFailure.usage("two different e-mails were given");
        }
        return argument.or(() -> option)
                .orElseThrow(() -> CommandFailure.usage("which e-mail? Give it as the argument, or with --email"));
    }

    private static void putPassword(Map<String, Value> body, String secret) {
        body.put("password", Value.text(secret));
        body.put("passwordConfirm", Value.text(secret));
    }

    /// The operator may, but should know.
    private void warnOfCommon(Workspace workspace, String secret) {
        if (!workspace.kernel().commonPasswords().contains(secret)) return;
        context.terminal()
                .err()
                .println(
                        "warning: this is one of the passwords that are tried first by whoever guesses; change it soon");
    }

    private void tell(Workspace workspace, CollectionSchema collection, String id, String what, boolean json) {
        if (json) {
            var buffer = new RecordDocument(collection);
            workspace
                    .kernel()
                    .records()
                    .view(
                            Request.ofOperator(),
                            collection.name(),
                            id,
                            (row, _) -> buffer.print(row, context.terminal().out()));
        } else {
            context.terminal().err().println(Table.printable(what) + " in " + collection.name() + ", id " + id);
        }
    }
}
