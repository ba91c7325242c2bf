package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.OAuth2Methods;
import dev.ferritedb.kernel.record.Exposure;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.kernel.schema.SchemaService;
import dev.ferritedb.kernel.schema.ViewDryRun;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.AccessRules;
import dev.ferritedb.ports.schema.CollectionDocuments;
import dev.ferritedb.ports.schema.CollectionDocuments.Secrets;
import dev.ferritedb.ports.schema.CollectionKind;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Collections themselves, for superusers. Source: the wire contract, section 6.
final class CollectionRoutes {
    private static final String ALL = "/api/collections";
    private static final String ONE = ALL + "/{collection}";
    private static final int DOCUMENT_BYTES_USUAL = 4 * 1024;

    private final SchemaService schema;
    private final RecordService records;
    private final OAuth2Methods oauth2;
    private final RecordJson recordJson;
    private final long requestMaxBytes;

    CollectionRoutes(Kernel kernel, RecordJson recordJson, long requestMaxBytes) {
        this.schema = kernel.schema();
        this.records = kernel.records();
        this.oauth2 = kernel.oauth2().methods();
        this.recordJson = recordJson;
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", ALL, this::list)
                .add("POST", ALL, this::create)
                .add("PUT", ALL + "/import", this::importAll)
                .add("GET", ALL + "/meta/scaffolds", this::scaffolds)
                .add("GET", ALL + "/meta/oauth2-providers", this::oauth2Providers)
                .add("POST", ALL + "/meta/dry-run-view", this::dryRunView)
                .add("GET", ONE, this::view)
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("DELETE", ONE + "/truncate", this::truncate);
    }

    private void list(Exchange exchange) {
        ListQuery query = ListAnswer.query(exchange);
        JsonBuffer out = ListAnswer.open(JsonBuffer.wire(4 * DOCUMENT_BYTES_USUAL));
        ListQuery.Page page = schema.list(exchange.asked(), query, collection -> out.value(document(collection)));
        exchange.answer(ListAnswer.close(out, page));
    }

    private void view(Exchange exchange) {
        answer(exchange, schema.view(exchange.asked(), exchange.part(0)));
    }

    private void create(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, schema.create(exchange.asked(), body));
    }

    private void update(Exchange exchange) {
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, schema.update(exchange.asked(), exchange.part(0), body));
    }

    private void delete(Exchange exchange) {
        schema.delete(exchange.asked(), exchange.part(0));
        exchange.answerNothing();
    }

    private void truncate(Exchange exchange) {
        records.truncate(exchange.asked(), exchange.part(0));
        exchange.answerNothing();
    }

    private void importAll(Exchange exchange) {
        Access.superuser(exchange);
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        boolean deleteMissing = body.get("deleteMissing") instanceof Value.Truth truth && truth.truth();
        schema.importAll(exchange.asked(), listed(body.get("collections")), deleteMissing);
        exchange.answerNothing();
    }

    private static List<Value.Members> listed(Value collections) {
        List<Value> items = collections instanceof Value.Items list ? list.items() : List.of();
        if (items.isEmpty()) throw importRefused(FieldProblem.required("collections"));
        var documents = new ArrayList<Value.Members>();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Value.Members document)) {
                throw importRefused(FieldProblem.at(
                                Integer.toString(i), "validation_invalid_value", "Must be a collection's object.")
                        .under("collections"));
            }
            documents.add(document);
        }
        return documents;
    }

    private static Refusal importRefused(FieldProblem problem) {
        return Refusal.invalid(
                "collections_invalid", "An error occurred while validating the submitted data.", problem);
    }

    private void scaffolds(Exchange exchange) {
        JsonBuffer out = JsonBuffer.wire(4 * DOCUMENT_BYTES_USUAL).object();
        List<CollectionSchema> scaffolds = schema.scaffolds(exchange.asked());
        for (String kind : List.of("auth", "base", "view")) {
            for (CollectionSchema scaffold : scaffolds) {
                if (scaffold.kind().wireName().equals(kind)) out.name(kind).value(document(scaffold));
            }
        }
        exchange.answer(out.endObject());
    }

    private void oauth2Providers(Exchange exchange) {
        JsonBuffer out = JsonBuffer.wire(4 * DOCUMENT_BYTES_USUAL).array();
        for (IdentityProvider provider : oauth2.catalogue(exchange.asked())) {
            out.object().name("name").text(provider.name());
            out.name("displayName").text(provider.displayName());
            out.name("logo").text(provider.logo()).endObject();
        }
        exchange.answer(out.endArray());
    }

    private void dryRunView(Exchange exchange) {
        Access.superuser(exchange);
        Value.Members body = Bodies.read(exchange, requestMaxBytes);
        if (!(body.get("query") instanceof Value.Text query) || query.text().isBlank()) {
            throw Refusal.invalid(
                    "invalid_input",
                    "An error occurred while validating the submitted data.",
                    FieldProblem.required("query"));
        }
        ViewDryRun dryRun = schema.dryRunView(exchange.asked(), query.text());
        JsonBuffer out = JsonBuffer.wire(DOCUMENT_BYTES_USUAL)
                .object()
                .name("fields")
                .value(documents(dryRun.fields()))
                .name("sample")
                .array();
        dryRun.sample().forEach(record -> recordJson.write(record, Exposure.FULL, out));
        exchange.answer(out.endArray().endObject());
    }

    private static Value documents(List<Field> fields) {
        var carrier = new CollectionSchema(
                "", "", new CollectionKind.Base(), false, fields, List.of(), AccessRules.CLOSED, "", "");
        return document(carrier).get("fields");
    }

    private static void answer(Exchange exchange, CollectionSchema collection) {
        exchange.answer(JsonBuffer.wire(DOCUMENT_BYTES_USUAL).value(document(collection)));
    }

    private static Value.Members document(CollectionSchema collection) {
        return CollectionDocuments.write(collection, Secrets.LEFT_OUT);
    }
}
