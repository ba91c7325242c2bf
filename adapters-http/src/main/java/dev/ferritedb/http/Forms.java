package dev.ferritedb.http;

import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import dev.ferritedb.ports.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.RequestContext;

/// Bodies of HTML forms. Values are text, unless they spell a boolean or a number in full; `@jsonPayload` holds what
/// text can't say. Source: the wire contract, section 4.7.
final class Forms {
    /// Source: the security checklist, access rules and data.
    static final int PARTS_MAX = 1000;

    private static final String JSON_PAYLOAD = "@jsonPayload";
    private static final int NUMBER_MAX_CHARACTERS = 400;

    private static final String NOT_WELL_FORMED = "The multipart body is not well-formed.";

    private Forms() {}

    static Value.Members urlEncoded(String body) {
        Query form;
        try {
            form = Query.of(body);
        } catch (Refusal refusal) {
            throw invalid(refusal.problem().message());
        }
        return values(form.all());
    }

    static Value.Members multipart(String contentType, byte[] body) {
        var values = new LinkedHashMap<String, List<String>>();
        int parts = 0;
        try {
            var upload = new Upload();
            FileItemInputIterator items = upload.getItemIterator(new BodyContext(contentType, body));
            while (items.hasNext()) {
                if (++parts > PARTS_MAX) throw invalid("There are more than " + PARTS_MAX + " parts.");
                FileItemInput item = items.next();
                String name = item.getFieldName();
                if (name == null || name.indexOf(0) >= 0) throw invalid("A part has no name.");
                if (!item.isFormField()) {
                    if (isFile(item)) throw filesNotSupported();
                    continue;
                }
                values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(text(item));
            }
            if (!isComplete(upload.getBoundary(contentType), body)) throw invalid(NOT_WELL_FORMED);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(NOT_WELL_FORMED);
        }
        return values(values);
    }

    private static boolean isComplete(byte[] boundary, byte[] body) {
        String end = "--" + new String(boundary, StandardCharsets.ISO_8859_1) + "--";
        return body.length == 0 || new String(body, StandardCharsets.ISO_8859_1).contains(end);
    }

    /// Browsers send a file input that was left empty as a part without a file name and content.
    private static boolean isFile(FileItemInput item) throws IOException {
        String fileName = item.getName();
        if (fileName != null && !fileName.isEmpty()) return true;
        try (InputStream in = item.getInputStream()) {
            return in.read() >= 0;
        }
    }

    private static Refusal filesNotSupported() {
        return new Refusal(Problem.Invalid.of("files_not_supported", "Files can't be uploaded here."));
    }

    private static String text(FileItemInput item) throws IOException {
        try (InputStream in = item.getInputStream()) {
            String text = Bodies.utf8(in.readAllBytes());
            if (text.indexOf(0) >= 0) throw invalid("A value holds a NUL character.");
            return text;
        }
    }

    private static Value.Members values(Map<String, List<String>> form) {
        var values = new LinkedHashMap<String, Value>();
        form.forEach((name, texts) -> {
            if (name.equals(JSON_PAYLOAD)) return;
            List<Value> inferred = texts.stream().map(Forms::inferred).toList();
            values.put(name, inferred.size() == 1 ? inferred.getFirst() : new Value.Items(inferred));
        });
        for (String payload : form.getOrDefault(JSON_PAYLOAD, List.of())) {
            values.putAll(
                    Bodies.jsonObject(payload.getBytes(StandardCharsets.UTF_8)).members());
        }
        return new Value.Members(values);
    }

    static Value inferred(String text) {
        return switch (text) {
            case "true" -> Value.Truth.TRUE;
            case "false" -> Value.Truth.FALSE;
            default -> isShortestDecimal(text) ? Value.number(Double.parseDouble(text)) : Value.text(text);
        };
    }

    private static boolean isShortestDecimal(String text) {
        if (text.isEmpty() || text.length() > NUMBER_MAX_CHARACTERS) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && (c != '-' || i > 0)) return false;
        }
        try {
            double number = Double.parseDouble(text);
            if (!Double.isFinite(number)) return false;
            if (number == 0) return text.equals("0");
            return new BigDecimal(Double.toString(number))
                    .stripTrailingZeros()
                    .toPlainString()
                    .equals(text);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static Refusal invalid(String message) {
        return new Refusal(Problem.Invalid.of("invalid_form", message));
    }

    private record BodyContext(String contentType, byte[] body) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }

    /// Only walks through the parts: nothing is kept on disk.
    private static final class Upload extends AbstractFileUpload<BodyContext, DiskFileItem, DiskFileItemFactory> {
        @Override
        public FileItemInputIterator getItemIterator(BodyContext body) throws IOException {
            return super.getItemIterator((RequestContext) body);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(BodyContext body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DiskFileItem> parseRequest(BodyContext body) {
            throw new UnsupportedOperationException();
        }
    }
}
