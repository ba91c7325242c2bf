package dev.ferritedb.kernel.account;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.identity.NimbusTokenCodec;
import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.kernel.account.SignInOutcome.SignedIn;
import dev.ferritedb.kernel.identity.Caller;
import dev.ferritedb.kernel.identity.Request;
import dev.ferritedb.kernel.identity.TokenKeys;
import dev.ferritedb.ports.identity.TokenClaims;
import dev.ferritedb.ports.identity.TokenClaims.TokenKind;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.record.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignInTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;
    private StoredRecord ann;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
        ann = kernel.account("users", "ann@example.com");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private SignIn signIn() {
        return kernel.kernel().accounts().signIn();
    }

    private SignedIn signIn(String json) {
        return (SignedIn) signIn().withPassword(guest(), "users", body(json));
    }

    private Caller callerOf(String token) {
        return kernel.kernel().authenticator().callerOf(token);
    }

    @Test
    void givesATokenThatStandsForTheAccount() {
        SignedIn signedIn = signIn("{'identity':'ann@example.com','password':'correct horse'}");

        assertThat(signedIn.account()).isEqualTo(ann);
        assertThat(callerOf(signedIn.token())).isEqualTo(new Caller.Member(ann));
        assertThat(signedIn.toString()).doesNotContain(signedIn.token());
    }

    @Test
    void makesASuperuserOfASuperusersAccountAlone() {
        StoredRecord root = kernel.account(Caller.SUPERUSERS, "root@example.com");
        SignedIn signedIn = (SignedIn) signIn().withPassword(
                        guest(), Caller.SUPERUSERS, body("{'identity':'root@example.com','password':'correct horse'}"));
        String token = signedIn.token();

        assertThat(callerOf(token)).isEqualTo(new Caller.Superuser(root));
        assertThat(callerOf(token).isSuperuser()).isTrue();
        assertThat(new Caller.Member(ann).isSuperuser()).isFalse();
    }

    @Test
    void saysTheSameOfAnUnknownAccountAndAWrongPassword() {
        Problem wrong = problemOf(() -> signIn("{'identity':'ann@example.com','password':'wrong horse'}"));
        Problem unknown = problemOf(() -> signIn("{'identity':'nobody@example.com','password':'correct horse'}"));

        assertThat(wrong)
                .isEqualTo(unknown)
                .isEqualTo(Problem.Invalid.of("invalid_credentials", "Failed to authenticate."));
        kernel.create("users", "{'email':'empty@example.com'}");
        assertThat(problemOf(() -> signIn("{'identity':'empty@example.com','password':'x'}")))
                .isEqualTo(wrong);
    }

    @Test
    void asksForBothAndBoundsThem() {
        assertThat(codesOf(() -> signIn("{}")))
                .containsOnlyKeys("identity", "password")
                .containsValue("validation_required");
        assertThat(codesOf(() -> signIn("{'identity':5,'password':''}"))).containsOnlyKeys("identity", "password");
        String long257 = "x".repeat(257);
        assertThat(codesOf(() -> signIn("{'identity':'" + long257 + "','password':'" + long257 + "'}")))
                .containsEntry("identity", "validation_length_out_of_range")
                .containsEntry("password", "validation_length_out_of_range");
        assertThat(codesOf(() -> signIn("{'identity':'a','password':'b','identityField':'nope'}")))
                .containsEntry("identityField", "validation_in_invalid");
    }

    @Test
    void tellsIdentitiesApartAsTheirIndexDoes() {
        kernel.change("users", """
                {'fields':[{'name':'nick','type':'text'},{'name':'code','type':'text'}],
                 'indexes':['CREATE UNIQUE INDEX idx_nick ON users (nick COLLATE NOCASE)',
                            'CREATE UNIQUE INDEX idx_code ON users (code)'],
                 'passwordAuth':{'identityFields':['nick','code']}}""");
        kernel.update("users", ann.id(), "{'nick':'Annie','code':'A1'}");

        assertThat(signIn("{'identity':'aNNIE','password':'correct horse'}")
                        .account()
                        .id())
                .isEqualTo(ann.id());
        assertThat(problemOf(() -> signIn("{'identity':'a1','password':'correct horse'}"))
                        .code())
                .isEqualTo("invalid_credentials");
        assertThat(problemOf(() -> signIn("{'identity':'Anni%','password':'correct horse'}"))
                        .code())
                .isEqualTo("invalid_credentials");
    }

    @Test
    void findsTheAccountByAnyOfItsIdentityFields() {
        kernel.change("users", """
                {'fields':[{'name':'nick','type':'text'}],'indexes':['CREATE UNIQUE INDEX idx_nick ON users (nick) WHERE nick != \\"\\"'],
                 'passwordAuth':{'identityFields':['nick','email']}}""");
        kernel.update("users", ann.id(), "{'nick':'annie'}");

        assertThat(signIn("{'identity':'annie','password':'correct horse'}")
                        .account()
                        .id())
                .isEqualTo(ann.id());
        assertThat(signIn("{'identity':'ann@example.com','password':'correct horse'}")
                        .account()
                        .id())
                .isEqualTo(ann.id());
        assertThat(signIn("{'identity':'annie','password':'correct horse','identityField':'nick'}")
                        .account()
                        .id())
                .isEqualTo(ann.id());
        assertThat(problemOf(() -> signIn("{'identity':'annie','password':'correct horse','identityField':'email'}"))
                        .code())
                .isEqualTo("invalid_credentials");
    }

    @Test
    void refusesWhereItIsSwitchedOffOrTheAuthRuleSaysNo() {
        String right = "{'identity':'ann@example.com','password':'correct horse'}";
        kernel.change("users", "{'authRule':'verified = true'}");
        assertThat(problemOf(() -> signIn(right)).code()).isEqualTo("auth_rule_refused");
        kernel.update("users", ann.id(), "{'verified':true}");
        assertThat(signIn(right).account().id()).isEqualTo(ann.id());
        kernel.change("users", "{'authRule':null}");
        assertThat(problemOf(() -> signIn(right)).code()).isEqualTo("auth_rule_refused");
        kernel.change("users", "{'authRule':'','passwordAuth':{'enabled':false}}");
        assertThat(problemOf(() -> signIn(right)).code()).isEqualTo("password_auth_disabled");
    }

    @Test
    void knowsAuthCollectionsAlone() {
        kernel.collection("{'name':'notes'}");

        for (String name : new String[] {"notes", "nope"}) {
            assertThat(problemOf(() -> signIn().collection(name)).code()).isEqualTo("auth_collection_not_found");
            assertThat(problemOf(() -> signIn().withPassword(guest(), name, body("{}")))
                            .code())
                    .isEqualTo("auth_collection_not_found");
        }
        assertThat(signIn().collection("USERS").name()).isEqualTo("users");
    }

    @Test
    void renewsATokenOfThatCollection() {
        String token = signIn("{'identity':'ann@example.com','password':'correct horse'}")
                .token();
        kernel.turnClock(Duration.ofMinutes(1));

        SignedIn renewed = signIn().refresh(member(ann), "users", token);

        assertThat(renewed.token()).isNotEqualTo(token);
        assertThat(callerOf(renewed.token())).isEqualTo(new Caller.Member(ann));
        assertThat(problemOf(() -> signIn().refresh(guest(), "users", token)))
                .isEqualTo(Problem.Unauthenticated.missing());
        assertThat(problemOf(() -> signIn().refresh(member(ann), Caller.SUPERUSERS, token))
                        .code())
                .isEqualTo("other_collection");
        assertThat(problemOf(() -> signIn().refresh(member(ann), "nope", token)).code())
                .isEqualTo("collection_not_found");
        kernel.change("users", "{'authRule':null}");
        StoredRecord now = kernel.view(operator(), "users", ann.id());
        assertThat(problemOf(() -> signIn().refresh(member(now), "users", token))
                        .code())
                .isEqualTo("auth_rule_refused");
    }

    @Test
    void makesTokensForTheOperatorThatCannotBeRenewed() {
        String byId = signIn().tokenFor("users", ann.id(), Duration.ZERO);
        String byEmail = signIn().tokenFor("users", "ann@example.com", Duration.ofSeconds(60));

        assertThat(callerOf(byId)).isEqualTo(new Caller.Member(ann));
        assertThat(callerOf(byEmail)).isEqualTo(new Caller.Member(ann));
        assertThat(signIn().refresh(member(ann), "users", byId).token()).isEqualTo(byId);
        assertThat(problemOf(() -> signIn().tokenFor("users", "nobody", Duration.ZERO)))
                .isEqualTo(Problem.NotFound.record());
        kernel.turnClock(Duration.ofSeconds(120));
        assertThat(callerOf(byEmail)).isEqualTo(Caller.GUEST);
        assertThat(callerOf(byId)).isEqualTo(new Caller.Member(ann));
        kernel.turnClock(Duration.ofDays(6));
        assertThat(callerOf(byId)).isEqualTo(Caller.GUEST);
    }

    @Test
    void takesNoTokenThatIsBrokenOrRevoked() {
        String token = signIn().tokenFor("users", ann.id(), Duration.ZERO);
        assertThat(callerOf("")).isEqualTo(Caller.GUEST);
        assertThat(callerOf("nonsense")).isEqualTo(Caller.GUEST);
        assertThat(callerOf(token.substring(0, token.length() - 2) + "xx")).isEqualTo(Caller.GUEST);
        kernel.update("users", ann.id(), "{'password':'battery staple'}");
        assertThat(callerOf(token)).isEqualTo(Caller.GUEST);

        String newer = signIn().tokenFor("users", ann.id(), Duration.ZERO);
        kernel.kernel().records().delete(operator(), "users", ann.id());
        assertThat(callerOf(newer)).isEqualTo(Caller.GUEST);
    }

    @ParameterizedTest
    @EnumSource(TokenKind.class)
    void takesAuthTokensAlone(TokenKind kind) {
        var codec = new NimbusTokenCodec(InstantSource.fixed(kernel.now()));
        var claims = new TokenClaims(
                kind, ann.id(), ann.collection().id(), kernel.now().plusSeconds(60), Map.of());

        Caller caller = callerOf(codec.sign(claims, TokenKeys.of(ann, kind)));

        assertThat(caller).isEqualTo(kind == TokenKind.AUTH ? new Caller.Member(ann) : Caller.GUEST);
    }

    @Test
    void takesNoTokenOfAnotherCollectionOrKey() {
        kernel.collection("{'name':'notes'}");
        var codec = new NimbusTokenCodec(InstantSource.fixed(kernel.now()));
        for (String collection : new String[] {
            "pbc_3142635823",
            "nope",
            kernel.kernel().schema().view(operator(), "notes").id()
        }) {
            var claims = new TokenClaims(
                    TokenKind.AUTH, ann.id(), collection, kernel.now().plusSeconds(60), Map.of());
            assertThat(callerOf(codec.sign(claims, TokenKeys.of(ann, TokenKind.AUTH))))
                    .isEqualTo(Caller.GUEST);
        }
        var claims = new TokenClaims(
                TokenKind.AUTH, ann.id(), ann.collection().id(), kernel.now().plusSeconds(60), Map.of());
        assertThat(callerOf(codec.sign(claims, TokenKeys.of(ann, TokenKind.FILE))))
                .isEqualTo(Caller.GUEST);
    }

    @Test
    void provesThatTheStoreWorks() {
        kernel.kernel().probe();

        assertThat(Caller.OPERATOR.signedIn()).isEmpty();
        assertThat(operator().within(Request.Context.BATCH).context().wireName())
                .isEqualTo("batch");
    }
}
