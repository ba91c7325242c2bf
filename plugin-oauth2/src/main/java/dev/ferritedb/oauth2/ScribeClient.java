package dev.ferritedb.oauth2;

import com.github.scribejava.core.httpclient.HttpClient;
import com.github.scribejava.core.httpclient.multipart.MultipartPayload;
import com.github.scribejava.core.model.OAuthAsyncRequestCallback;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.model.Verb;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/// Lets ScribeJava send by [Outbound] what we let it send: forms and JSON, one after the other.
final class ScribeClient implements HttpClient {
    private final Outbound outbound;

    ScribeClient(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public Response execute(
            String userAgent, Map<String, String> headers, Verb httpVerb, String completeUrl, byte[] bodyContents)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        if (httpVerb.isPermitBody()) all.putIfAbsent(CONTENT_TYPE, DEFAULT_CONTENT_TYPE);
        byte[] body = httpVerb.isPermitBody() && bodyContents != null ? bodyContents : new byte[0];
        Outbound.Answer answer = outbound.send(httpVerb.name(), completeUrl, all, body);
        return new Response(answer.status(), "", Map.of(), answer.body());
    }

    @Override
    public Response execute(
            String userAgent, Map<String, String> headers, Verb httpVerb, String completeUrl, String bodyContents)
            throws IOException {
        return execute(userAgent, headers, httpVerb, completeUrl, bodyContents.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Response execute(
            String userAgent,
            Map<String, String> headers,
            Verb httpVerb,
            String completeUrl,
            MultipartPayload bodyContents) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response execute(
            String userAgent, Map<String, String> headers, Verb httpVerb, String completeUrl, File bodyContents) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Future<T> executeAsync(
            String userAgent,
            Map<String, String> headers,
            Verb httpVerb,
            String completeUrl,
            byte[] bodyContents,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Future<T> executeAsync(
            String userAgent,
            Map<String, String> headers,
            Verb httpVerb,
            String completeUrl,
            MultipartPayload bodyContents,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Future<T> executeAsync(
            String userAgent,
            Map<String, String> headers,
            Verb httpVerb,
            String completeUrl,
            String bodyContents,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Future<T> executeAsync(
            String userAgent,
            Map<String, String> headers,
            Verb httpVerb,
            String completeUrl,
            File bodyContents,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
