package dev.ferritedb.http;

import dev.ferritedb.kernel.Kernel;
import dev.ferritedb.kernel.account.EmailChange;
import dev.ferritedb.kernel.account.PasswordReset;
import dev.ferritedb.kernel.account.Verification;
import dev.ferritedb.ports.value.Value;

/// What accounts confirm by a mail. Source: the wire contract, sections 8.5 to 8.7.
final class ConfirmationRoutes {
    private static final String COLLECTION = "/api/collections/{collection}";

    private final Verification verification;
    private final PasswordReset passwordReset;
    private final EmailChange emailChange;
    private final long requestMaxBytes;

    ConfirmationRoutes(Kernel kernel, long requestMaxBytes) {
        this.verification = kernel.accounts().verification();
        this.passwordReset = kernel.accounts().passwordReset();
        this.emailChange = kernel.accounts().emailChange();
        this.requestMaxBytes = requestMaxBytes;
    }

    void addTo(RouteTable routes) {
        routes.add("POST", COLLECTION + "/request-verification", this::requestVerification)
                .add("POST", COLLECTION + "/confirm-verification", this::confirmVerification)
                .add("POST", COLLECTION + "/request-password-reset", this::requestPasswordReset)
                .add("POST", COLLECTION + "/confirm-password-reset", this::confirmPasswordReset)
                .add("POST", COLLECTION + "/request-email-change", this::requestEmailChange)
                .add("POST", COLLECTION + "/confirm-email-change", this::confirmEmailChange);
    }

    private void requestVerification(Exchange exchange) {
        verification.request(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private void confirmVerification(Exchange exchange) {
        verification.confirm(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private void requestPasswordReset(Exchange exchange) {
        passwordReset.request(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private void confirmPasswordReset(Exchange exchange) {
        passwordReset.confirm(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private void requestEmailChange(Exchange exchange) {
        emailChange.request(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private void confirmEmailChange(Exchange exchange) {
        emailChange.confirm(exchange.asked(), exchange.part(0), body(exchange));
        exchange.answerNothing();
    }

    private Value.Members body(Exchange exchange) {
        return Bodies.read(exchange, requestMaxBytes);
    }
}
