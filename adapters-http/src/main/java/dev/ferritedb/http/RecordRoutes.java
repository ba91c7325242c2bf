package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.FirstSuperuser;
import dev.ferritedb.kernel.record.CursorPage;
import dev.ferritedb.kernel.record.Expansion;
import dev.ferritedb.kernel.record.RecordReply;
import dev.ferritedb.kernel.record.RecordService;
import dev.ferritedb.kernel.schema.ListQuery;
import dev.ferritedb.kernel.schema.SchemaService;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.schema.CollectionSchema;
import dev.ferritedb.ports.schema.Field;
import dev.ferritedb.ports.schema.FieldType;
import dev.ferritedb.ports.value.Value;

/// Records of one collection. Source: the wire contract, sections 4.2 to 4.6.
final class RecordRoutes {
    private static final String ALL = "/api/collections/{collection}/records";
    private static final String ONE = ALL + "/{id}";
    static final int RECORD_BYTES_USUAL = 512;
    private static final int PAGE_BYTES_USUAL = 16 * 1024;

    private final RecordService records;
    private final FirstSuperuser firstSuperuser;
    private final SchemaService schema;
    private final RecordJson recordJson;
    private final RecordTags tags;
    private final long requestMaxBytes;

    RecordRoutes(Kernel kernel, RecordJson recordJson, long requestMaxBytes) {
        this.records = kernel.records();
        this.firstSuperuser = kernel.accounts().firstSuperuser();
        this.schema = kernel.schema();
        this.recordJson = recordJson;
        this.tags = new RecordTags(recordJson);
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", ALL, this::list)
                .add("POST", ALL, this::create)
                .add("GET", ONE, this::view)
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::delete);
    }

    private void list(Exchange exchange) {
        if (exchange.query().has("cursor")) {
            walk(exchange);
            return;
        }
        ListQuery query = ListAnswer.query(exchange);
        String expand = expand(exchange);
        JsonBuffer out = ListAnswer.open(JsonBuffer.wire(PAGE_BYTES_USUAL));
        ListQuery.Page page = expand.isEmpty()
                ? records.list(
                        exchange.asked(),
                        exchange.part(0),
                        query,
                        (row, exposure) -> recordJson.write(row, exposure, out))
                : records.listExpanded(
                        exchange.asked(), exchange.part(0), query, expand, record -> recordJson.write(record, out));
        exchange.answer(ListAnswer.close(out, page));
    }

    private void walk(Exchange exchange) {
        ListQuery query = ListAnswer.cursorQuery(exchange);
        String cursor = exchange.query().text("cursor");
        String expand = expand(exchange);
        JsonBuffer out = ListAnswer.open(JsonBuffer.wire(PAGE_BYTES_USUAL));
        CursorPage page = expand.isEmpty()
                ? records.walk(
                        exchange.asked(),
                        exchange.part(0),
                        query,
                        cursor,
                        (row, exposure) -> recordJson.write(row, exposure, out))
                : records.walkExpanded(
                        exchange.asked(),
                        exchange.part(0),
                        query,
                        cursor,
                        expand,
                        record -> recordJson.write(record, out));
        exchange.answer(ListAnswer.close(out, page));
    }

    private void view(Exchange exchange) {
        JsonBuffer out = JsonBuffer.wire(RECORD_BYTES_USUAL);
        String expand = expand(exchange);
        if (!expand.isEmpty()) {
            Expansion.Expanded record =
                    records.viewExpanded(exchange.asked(), exchange.part(0), exchange.part(1), expand);
            recordJson.write(record, out);
            answerIfNew(exchange, tags.of(record, out), out);
            return;
        }
        records.view(
                exchange.asked(),
                exchange.part(0),
                exchange.part(1),
                (row, exposure) -> recordJson.write(row, exposure, out));
        answerIfNew(exchange, RecordTags.of(out), out);
    }

    private static void answerIfNew(Exchange exchange, String tag, JsonBuffer out) {
        if (RecordTags.hasAlready(exchange, tag)) exchange.answerUnchanged(tag);
        else exchange.answer(out, tag);
    }

    private void create(Exchange exchange) {
        Value.Members body = body(exchange);
        RecordReply created = firstSuperuser
                .create(exchange.asked(), exchange.part(0), Authentication.token(exchange), body)
                .orElseGet(() -> records.create(exchange.asked(), exchange.part(0), body));
        answer(exchange, created);
    }

    private void update(Exchange exchange) {
        Value.Members body = body(exchange);
        answer(
                exchange,
                records.update(exchange.asked(), exchange.part(0), exchange.part(1), body, tags.ifMatch(exchange)));
    }

    private void delete(Exchange exchange) {
        records.delete(exchange.asked(), exchange.part(0), exchange.part(1), tags.ifMatch(exchange));
        exchange.answerNothing();
    }

    private void answer(Exchange exchange, RecordReply reply) {
        JsonBuffer out = JsonBuffer.wire(RECORD_BYTES_USUAL);
        String expand = expand(exchange);
        if (expand.isEmpty()) {
            recordJson.write(reply.record(), reply.exposure(), out);
            exchange.answer(out, RecordTags.of(out));
        } else {
            Expansion.Expanded expanded = records.expanded(exchange.asked(), reply, expand);
            recordJson.write(expanded, out);
            exchange.answer(out, tags.of(expanded, out));
        }
    }

    private static String expand(Exchange exchange) {
        return exchange.query().text("expand").strip();
    }

    private Value.Members body(Exchange exchange) {
        String nameOrId = exchange.part(0);
        CollectionSchema collection =
                schema.catalog().find(nameOrId).orElseThrow(() -> new Refusal(Problem.NotFound.collection(nameOrId)));
        return Bodies.read(exchange, requestMaxBytes + roomForFields(collection));
    }

    /// What the collection's fields may hold beyond the usual size of a request.
    private static long roomForFields(CollectionSchema collection) {
        long room = 0;
        for (Field field : collection.fields()) {
            room += switch (field.type()) {
                case FieldType.Editor editor -> sizeOr(editor.maxSize(), FieldType.Editor.MAX_SIZE_DEFAULT);
                case FieldType.Json json -> sizeOr(json.maxSize(), FieldType.Json.MAX_SIZE_DEFAULT);
                case FieldType.Text _,
                        FieldType.Number _,
                        FieldType.Bool _,
                        FieldType.Email _,
                        FieldType.Url _,
                        FieldType.Date _,
                        FieldType.Autodate _,
                        FieldType.Select _,
                        FieldType.Relation _,
                        FieldType.File _,
                        FieldType.Password _,
                        FieldType.GeoPoint _ -> 0;
            };
        }
        return room;
    }

    private static long sizeOr(long size, long otherwise) {
        return size == 0 ? otherwise : size;
    }
}
