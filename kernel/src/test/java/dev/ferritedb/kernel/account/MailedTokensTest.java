package dev.ferritedb.kernel.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.problem.Refusal;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// TOK-02: a token of each kind at each place that takes one; only the diagonal works.
class MailedTokensTest {
    private static final TokenKind[] KINDS = {
        TokenKind.AUTH, TokenKind.ACCESS, TokenKind.VERIFICATION, TokenKind.PASSWORD_RESET, TokenKind.EMAIL_CHANGE
    };

    static Stream<Arguments> everyKindEverywhere() {
        return Stream.of(KINDS).flatMap(kind -> Stream.of(KINDS).map(place -> Arguments.of(kind, place)));
    }

    @ParameterizedTest
    @MethodSource("everyKindEverywhere")
    void isGoodForItsPurposeAlone(TokenKind kind, TokenKind place, @TempDir Path folder) {
        try (var fixture = new ConfirmationFixture(folder)) {
            String token = fixture.token(kind);
            assertThat(works(fixture, token, place)).isEqualTo(place(kind) == place(place));
        }
    }

    /// Both stand for whoever is signed in.
    private static TokenKind place(TokenKind kind) {
        return kind == TokenKind.ACCESS ? TokenKind.AUTH : kind;
    }

    private static boolean works(ConfirmationFixture fixture, String token, TokenKind place) {
        try {
            switch (place) {
                case AUTH, ACCESS -> {
                    return fixture.isSignedIn(token);
                }
                case VERIFICATION -> fixture.confirmVerification("users", token);
                case PASSWORD_RESET -> fixture.confirmPasswordReset("users", token, "battery staple");
                case EMAIL_CHANGE -> fixture.confirmEmailChange("users", token, "correct horse");
                case FILE -> throw new IllegalArgumentException("no place yet");
            }
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }
}
