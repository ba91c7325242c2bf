package dev.ferritedb.http;

import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.record.BatchRequest;
import dev.ferritedb.kernel.record.Precondition;
import dev.ferritedb.kernel.record.RecordWrite;
import dev.ferritedb.kernel.settings.BatchSettings;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The body of a batch, read as the requests it holds. Source: the wire contract, section 13.
final class BatchBody {
    private static final int URL_MAX_CHARACTERS = 2000;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String AUTHORIZATION = "authorization";
    private static final String IF_MATCH = "if_match";
    private static final Problem UNFIT = Problem.Invalid.of("batch_request_unfit", TransportProblems.WENT_WRONG);

    private final Exchange exchange;
    private final RecordTags tags;
    private final Value.Members body;
    private final BatchSettings limits;
    private final List<FieldProblem> problems = new ArrayList<>();

    BatchBody(Exchange exchange, RecordTags tags, Value.Members body, BatchSettings limits) {
        this.exchange = exchange;
        this.tags = tags;
        this.body = body;
        this.limits = limits;
    }

    /// @param picker what of its answer is wanted
    record Inner(BatchRequest request, Optional<FieldPicker> picker) {}

    /// Refuses with `Invalid` (`batch_invalid`) when they are too many, or one is no request at all.
    List<Inner> requests() {
        List<Value> items = switch (body.get("requests")) {
            case Value.Items list -> list.items();
            case Value.Nothing _ -> List.of();
            case Value.Text _, Value.Number _, Value.Exact _, Value.Truth _, Value.Members _, Value.Json _ ->
                throw invalid(List.of(
                        FieldProblem.at("requests", "validation_invalid_value", "Must be a list of requests.")));
        };
        limits.demandCount(items.size());
        var requests = new ArrayList<Inner>();
        for (int i = 0; i < items.size(); i++) requests.add(request(i, items.get(i)));
        if (!problems.isEmpty()) throw invalid(problems);
        return requests;
    }

    private static Refusal invalid(List<FieldProblem> problems) {
        return new Refusal(new Problem.Invalid("batch_invalid", "Invalid batch request data.", problems));
    }

    private Inner request(int index, Value item) {
        if (!(item instanceof Value.Members request)) {
            problem(index, List.of(), "validation_invalid_value", "Must be a request.");
            return unfit(UNFIT);
        }
        String method = text(index, request, "method").toUpperCase(Locale.ROOT);
        String url = text(index, request, "url");
        if (method.isEmpty()) problem(index, List.of("method"), "validation_required", "Cannot be blank.");
        else if (!METHODS.contains(method)) {
            problem(index, List.of("method"), "validation_in_invalid", "Must be a valid value.");
        }
        if (url.isEmpty()) problem(index, List.of("url"), "validation_required", "Cannot be blank.");
        else if (url.length() > URL_MAX_CHARACTERS) tooLong(index);
        Map<String, String> headers = headers(index, object(index, request, "headers"));
        Value.Members record = object(index, request, "body");
        return problems.isEmpty() ? inner(method, url, headers, record) : unfit(UNFIT);
    }

    private String text(int index, Value.Members request, String name) {
        return switch (request.get(name)) {
            case Value.Text text -> text.text();
            case Value.Nothing _ -> "";
            case Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Members _, Value.Json _ -> {
                problem(index, List.of(name), "validation_invalid_value", "Must be text.");
                yield "";
            }
        };
    }

    private Value.Members object(int index, Value.Members request, String name) {
        return switch (request.get(name)) {
            case Value.Members members -> members;
            case Value.Nothing _ -> Value.Members.EMPTY;
            case Value.Text _, Value.Number _, Value.Exact _, Value.Truth _, Value.Items _, Value.Json _ -> {
                problem(index, List.of(name), "validation_invalid_value", "Must be an object.");
                yield Value.Members.EMPTY;
            }
        };
    }

    /// Those of the batch itself, with the request's own over them. Who asks is for the batch alone to say.
    private Map<String, String> headers(int index, Value.Members own) {
        if (own.members().isEmpty()) return Map.of();
        var headers = new HashMap<String, String>();
        own.members().forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT).replace('-', '_');
            if (key.equals(AUTHORIZATION)) return;
            if (value instanceof Value.Text text) headers.put(key, text.text());
            else problem(index, List.of("headers", name), "validation_invalid_value", "Must be text.");
        });
        return headers;
    }

    private void tooLong(int index) {
        problems.add(new FieldProblem(
                List.of("requests", Integer.toString(index), "url"),
                "validation_length_too_long",
                "The length must be no more than " + URL_MAX_CHARACTERS + ".",
                Map.of("min", 0, "max", URL_MAX_CHARACTERS)));
    }

    private void problem(int index, List<String> place, String code, String message) {
        var path = new ArrayList<>(List.of("requests", Integer.toString(index)));
        path.addAll(place);
        problems.add(new FieldProblem(path, code, message, Map.of()));
    }

    private Inner inner(String method, String url, Map<String, String> headers, Value.Members record) {
        int mark = url.indexOf('?');
        Optional<RecordWrite> write;
        Query query;
        try {
            Precondition precondition = tags.ifMatch(Optional.ofNullable(headers.get(IF_MATCH)));
            write = BatchPath.write(method, mark < 0 ? url : url.substring(0, mark), record, precondition);
            query = mark < 0 ? Query.NONE : Query.of(url.substring(mark + 1));
        } catch (Refusal refusal) {
            return unfit(refusal.problem());
        }
        if (write.isEmpty()) {
            return unfit(UNFIT);
        }
        var asked = new Request(
                exchange.caller(),
                method,
                Request.Context.BATCH,
                new FirstValues(query::firstValues),
                new FirstValues(() -> over(exchange.asked().headers(), headers)),
                exchange.origin());
        return new Inner(
                new BatchRequest.Write(asked, write.get(), query.text("expand").strip()),
                FieldPicker.of(query.text("fields")));
    }

    private static Map<String, String> over(Map<String, String> outer, Map<String, String> own) {
        var all = new HashMap<>(outer);
        all.putAll(own);
        return all;
    }

    private static Inner unfit(Problem problem) {
        return new Inner(new BatchRequest.Unfit(problem), Optional.empty());
    }
}
