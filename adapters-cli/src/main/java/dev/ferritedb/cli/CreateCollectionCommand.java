package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.ExitCode;
import dev.ferritedb.json.Json;
import dev.ferritedb.json.JsonInvalid;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create-collection",
        description = {
            "Makes a collection. Without rules it is closed: only superusers get at its records.",
            "",
            "A field is NAME:TYPE and options, separated by colons (\\: is a colon itself):",
            "  required, unique, hidden, presentable   as they say",
            "  default=V                               what a new record holds when nothing is given",
            "  min=N, max=N, pattern=REGEX, int        bounds of texts and numbers; int: whole numbers",
            "  multiple, max=N                         selects, relations and files: several values",
            "  cascade                                 a relation: delete the record with what it points at",
            "  protected                               a file: only for who may view the record",
            "  update                                  an autodate: set at each change, not only at the first",
            "  TARGET                                  a relation's collection; a select's values, as a|b|c",
            "Types: text, number, bool, email, url, editor, date, autodate, select, relation, file, json, password, geoPoint."
        },
        footer = {
            "  ferritedb admin create-collection notes --field title:text:required:unique --field done:bool",
            "  ferritedb admin create-collection tasks --field 'state:select:default=open:open|done' \\",
            "      --field owner:relation:required:users --list-rule 'owner = @request.auth.id'",
            "  ferritedb admin create-collection countries --id-pattern '^[A-Z]{2}$' --field name:text:required",
            "  ferritedb admin create-collection --from schema.json"
        })
final class CreateCollectionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Name of the collection.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--field", paramLabel = "SPEC", description = "A field, as above; repeatable, in order.")
    private List<String> fields = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "base, auth (accounts that sign in) or view (default: base).")
    private Optional<String> type = Optional.empty();

    @Option(names = "--query", paramLabel = "SELECT", description = "The query of a view.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = "--id-pattern",
            paramLabel = "REGEX",
            description = "What ids look like; then every record is created with one (default: 15 of a-z and 0-9).")
    private Optional<String> idPattern = Optional.empty();

    @Option(names = "--list-rule", paramLabel = "RULE", description = "Who may list; '' is everyone.")
    private Optional<String> listRule = Optional.empty();

    @Option(names = "--view-rule", paramLabel = "RULE", description = "Who may view a record.")
    private Optional<String> viewRule = Optional.empty();

    @Option(names = "--create-rule", paramLabel = "RULE", description = "Who may create.")
    private Optional<String> createRule = Optional.empty();

    @Option(names = "--update-rule", paramLabel = "RULE", description = "Who may change a record.")
    private Optional<String> updateRule = Optional.empty();

    @Option(names = "--delete-rule", paramLabel = "RULE", description = "Who may delete a record.")
    private Optional<String> deleteRule = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "A collection as a JSON document, as the API shows it; options of this command go over it.")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--json", description = "Answer with the collection as a JSON document.")
    private boolean json;

    CreateCollectionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, Value> document =
                new LinkedHashMap<>(from.map(CreateCollectionCommand::read).orElse(Map.of()));
        name.ifPresent(text -> document.put("name", Value.text(text)));
        type.ifPresent(text -> document.put("type", Value.text(text)));
        query.ifPresent(text -> document.put("viewQuery", Value.text(text)));
        rule(document, "listRule", listRule);
        rule(document, "viewRule", viewRule);
        rule(document, "createRule", createRule);
        rule(document, "updateRule", updateRule);
        rule(document, "deleteRule", deleteRule);
        if (!(document.get("name") instanceof Value.Text collectionName)) {
            throw CommandFailure.usage("which name? Give it as the argument, or a document with --from");
        }
        try (Workspace workspace = context.openWorkspace()) {
            var specs = new FieldSpecs(workspace.kernel().schema().catalog(), collectionName.text());
            fields.forEach(specs::add);
            idPattern.ifPresent(specs::idPattern);
            specs.putInto(document);
            CollectionSchema made =
                    workspace.kernel().schema().create(Request.ofOperator(), new Value.Members(document));
            if (json) {
                Documents.print(
                        context.terminal().out(),
                        buffer -> buffer.value(CollectionDocuments.write(made, Secrets.LEFT_OUT)));
            } else {
                context.terminal()
                        .err()
                        .println("created collection " + made.name() + " with "
                                + made.fields().size() + " fields");
            }
            return ExitCode.DONE;
        }
    }

    private static void rule(Map<String, Value> document, String key, Optional<String> rule) {
        rule.ifPresent(text -> document.put(key, Value.text(text)));
    }

    private static Map<String, Value> read(Path file) {
        try {
            if (Json.read(Files.readAllBytes(file)) instanceof Value.Members members) return members.members();
            throw new CommandFailure(file + " holds no JSON object");
        } catch (JsonInvalid e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
