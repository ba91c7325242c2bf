package dev.ferritedb.http;

import dev.ferritedb.json.JsonBuffer;
import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.OAuth2Methods;
import dev.ferritedb.kernel.mail.TestMails;
import dev.ferritedb.kernel.settings.SettingsService;
import dev.ferritedb.ports.value.Value;

/// The settings, for superusers. Source: the wire contract, section 14.
final class SettingsRoutes {
    private static final String ALL = "/api/settings";
    private static final int DOCUMENT_BYTES_USUAL = 2 * 1024;

    private final SettingsService settings;
    private final TestMails testMails;
    private final OAuth2Methods oauth2;
    private final long requestMaxBytes;

    SettingsRoutes(Kernel kernel, long requestMaxBytes) {
        this.settings = kernel.settings();
        this.testMails = kernel.testMails();
        this.oauth2 = kernel.oauth2().methods();
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", ALL, this::view)
                .add("PATCH", ALL, this::update)
                .add("POST", ALL + "/test/email", this::testMail)
                .add("POST", ALL + "/apple/generate-client-secret", this::appleClientSecret);
    }

    private void view(Exchange exchange) {
        answer(exchange, settings.view(exchange.asked()));
    }

    private void update(Exchange exchange) {
        Access.superuser(exchange);
        Value.Members patch = Bodies.read(exchange, requestMaxBytes);
        answer(exchange, settings.update(exchange.asked(), patch));
    }

    private void testMail(Exchange exchange) {
        Access.superuser(exchange);
        testMails.send(exchange.asked(), Bodies.read(exchange, requestMaxBytes));
        exchange.answerNothing();
    }

    private void appleClientSecret(Exchange exchange) {
        Access.superuser(exchange);
        String secret = oauth2.appleClientSecret(exchange.asked(), Bodies.read(exchange, requestMaxBytes));
        exchange.answer(
                JsonBuffer.wire(512).object().name("secret").text(secret).endObject());
    }

    private static void answer(Exchange exchange, Value.Members document) {
        exchange.answer(JsonBuffer.wire(DOCUMENT_BYTES_USUAL).value(document));
    }
}
