package dev.ferritedb.kernel.settings;

import static dev.ferritedb.kernel.KernelFixture.body;
import static dev.ferritedb.kernel.KernelFixture.codesOf;
import static dev.ferritedb.kernel.KernelFixture.guest;
import static dev.ferritedb.kernel.KernelFixture.json;
import static dev.ferritedb.kernel.KernelFixture.member;
import static dev.ferritedb.kernel.KernelFixture.operator;
import static dev.ferritedb.kernel.KernelFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferritedb.kernel.KernelFixture;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path folder;

    private KernelFixture kernel;

    @BeforeEach
    void open() {
        kernel = KernelFixture.in(folder);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private Value.Members update(String patch) {
        return kernel.kernel().settings().update(operator(), body(patch));
    }

    private Value.Members view() {
        return kernel.kernel().settings().view(operator());
    }

    @Test
    void haveDefaultsUntilSomeoneChangesThem() {
        assertThat(json(view().get("batch")))
                .isEqualTo("{\"enabled\":false,\"maxRequests\":50,\"timeout\":3,\"maxBodySize\":0}");
        assertThat(view().members().keySet())
                .containsExactly(
                        "superuserIPs", "smtp", "backups", "s3", "meta", "rateLimits", "trustedProxy", "batch", "logs");
        assertThat(kernel.store().settings()).isEmpty();
    }

    @Test
    void areForSuperusersAlone() {
        assertThat(problemOf(() -> kernel.kernel().settings().view(guest())))
                .isInstanceOf(Problem.Unauthenticated.class);
        var user = member(kernel.account("users", "ann@example.com"));
        assertThat(problemOf(() -> kernel.kernel().settings().update(user, body("{}"))))
                .isEqualTo(Problem.Forbidden.onlySuperusers());
        assertThat(kernel.kernel().settings().view(kernel.superuser())).isEqualTo(view());
    }

    @Test
    void changeMemberByMemberAndOutliveTheProcess() {
        update("{'batch':{'enabled':true},'meta':{'appName':'Shop'},'unknown':1,'logs':null,'s3':{'nope':true}}");
        Value.Members changed = update("{'batch':{'timeout':7},'superuserIPs':['10.0.0.0/8','::1']}");

        assertThat(json(changed.get("batch")))
                .isEqualTo("{\"enabled\":true,\"maxRequests\":50,\"timeout\":7,\"maxBodySize\":0}");
        assertThat(json(changed))
                .contains("\"appName\":\"Shop\"", "[\"10.0.0.0/8\",\"::1\"]", "\"maxDays\":5")
                .doesNotContain("unknown", "nope");
        assertThat(view()).isEqualTo(changed);
        kernel.close();
        kernel = KernelFixture.in(folder);
        assertThat(view()).isEqualTo(changed);
        assertThat(kernel.kernel().settings().batch()).isEqualTo(new BatchSettings(true, 50, Duration.ofSeconds(7), 0));
    }

    @Test
    void keepSecretsAndNeverShowThem() {
        String shown = json(
                update("{'smtp':{'password':'hush1'},'s3':{'secret':'hush2'},'backups':{'s3':{'secret':'hush3'}}}"));

        assertThat(shown + json(view())).doesNotContain("hush", "\"password\"", "\"secret\"");
        update("{'smtp':{'host':'mail.example.com'}}");
        assertThat(json(kernel.store().settings().orElseThrow()))
                .contains("hush1", "hush2", "hush3", "mail.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'batch':{'maxRequests':-1}}                          | batch.maxRequests         | validation_min_greater_equal_than_required
            {'batch':{'enabled':true,'maxRequests':0}}            | batch.maxRequests         | validation_required
            {'batch':{'enabled':true,'timeout':0}}                | batch.timeout             | validation_required
            {'batch':{'timeout':-5}}                              | batch.timeout             | validation_min_greater_equal_than_required
            {'batch':{'maxBodySize':-1}}                          | batch.maxBodySize         | validation_min_greater_equal_than_required
            {'batch':{'maxRequests':1.5}}                         | batch.maxRequests         | validation_invalid_value
            {'batch':{'maxRequests':'many'}}                      | batch.maxRequests         | validation_invalid_value
            {'batch':{'enabled':'yes'}}                           | batch.enabled             | validation_invalid_value
            {'batch':true}                                        | batch                     | validation_invalid_value
            {'smtp':{'host':'no host'}}                           | smtp.host                 | validation_is_host
            {'smtp':{'enabled':true,'host':''}}                   | smtp.host                 | validation_required
            {'smtp':{'enabled':true,'port':0}}                    | smtp.port                 | validation_required
            {'smtp':{'authMethod':'CRAM'}}                        | smtp.authMethod           | validation_in_invalid
            {'smtp':{'localName':'-'}}                            | smtp.localName            | validation_is_host
            {'backups':{'cron':'* * *'}}                          | backups.cron              | validation_invalid_cron
            {'backups':{'cron':'@daily','cronMaxKeep':0}}         | backups.cronMaxKeep       | validation_required
            {'backups':{'cronMaxKeep':-1}}                        | backups.cronMaxKeep       | validation_min_greater_equal_than_required
            {'backups':{'s3':{'endpoint':'::'}}}                  | backups.s3.endpoint       | validation_is_url
            {'meta':{'appName':''}}                               | meta.appName              | validation_required
            {'meta':{'appURL':'nothing like it'}}                 | meta.appURL               | validation_is_url
            {'meta':{'senderAddress':'ann'}}                      | meta.senderAddress        | validation_is_email
            {'meta':{'accentColor':'blue'}}                       | meta.accentColor          | validation_is_hex_color
            {'logs':{'maxDays':-1}}                               | logs.maxDays              | validation_min_greater_equal_than_required
            {'superuserIPs':['10.0.0.1','10.0.0.256']}            | superuserIPs.1            | validation_invlaid_ip_or_subnet
            {'superuserIPs':'10.0.0.1'}                           | superuserIPs              | validation_invalid_value
            {'superuserIPs':[1]}                                  | superuserIPs.0            | validation_invalid_value
            {'rateLimits':{'excludedIPs':['fe80::/129']}}         | rateLimits.excludedIPs.0  | validation_invlaid_ip_or_subnet
            {'rateLimits':{'enabled':true,'rules':[]}}            | rateLimits.rules          | validation_required
            """)
    void areRefusedWhereTheyAreWrong(String patch, String place, String code) {
        assertThat(codesOf(() -> update(patch))).isEqualTo(Map.of(place, code));
        assertThat(kernel.store().settings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'label':'a b','duration':1,'maxRequests':1}                        | label       | validation_match_invalid
            {'label':'','duration':1,'maxRequests':1}                           | label       | validation_required
            {'label':'/api/x','duration':0,'maxRequests':1}                     | duration    | validation_required
            {'label':'/api/x','duration':1,'maxRequests':-1}                    | maxRequests | validation_min_greater_equal_than_required
            {'label':'/api/x','duration':1,'maxRequests':1,'audience':'@all'}   | audience    | validation_in_invalid
            {'label':'*:list','duration':1,'maxRequests':1}                     | label       | validation_conflicting_rate_limit_rule
            """)
    void refuseRateLimitRulesByTheirPlace(String rule, String member, String code) {
        String first = "{'label':'*:list','duration':1,'maxRequests':1,'audience':'@guest'}";
        String patch = "{'rateLimits':{'rules':[" + first + "," + rule + "]}}";

        assertThat(codesOf(() -> update(patch))).containsEntry("rateLimits.rules.1." + member, code);
    }

    @Test
    void askForAllOfAnS3StoreThatIsSwitchedOn() {
        assertThat(codesOf(() -> update("{'s3':{'enabled':true,'bucket':'b','endpoint':'s3.example.com'}}")))
                .containsOnlyKeys("s3.region", "s3.accessKey", "s3.secret");
        update(
                "{'s3':{'enabled':true,'bucket':'b','endpoint':'s3.example.com','region':'r','accessKey':'a','secret':'s'}}");
        update("{'s3':{'forcePathStyle':true}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rateLimits':{'rules':[{'label':'GET /api/x','duration':1,'maxRequests':1},{'label':'users:auth','duration':1,'maxRequests':1,'audience':'@auth'},{'label':'users:auth','duration':1,'maxRequests':1,'audience':'@guest'}]}}",
                "{'backups':{'cron':'*/5 0-6,12 1 * 1-5/2'}}",
                "{'backups':{'cron':'@hourly'}}",
                "{'smtp':{'host':'10.0.0.1','localName':'mail_1.example.com','authMethod':'LOGIN','enabled':true}}",
                "{'superuserIPs':['2001:db8::1','::ffff:10.0.0.1','10.0.0.0/8']}",
                "{'meta':{'accentColor':'#abc','appURL':'https://app.example.com/path'}}",
                "{'batch':{'maxBodySize':1000000}}"
            })
    void takeWhatIsRight(String patch) {
        update(patch);
        assertThat(kernel.store().settings()).isPresent();
    }

    @Test
    void aWrongMemberLeavesTheOthersAsTheyWere() {
        codesOf(() -> update("{'meta':{'appName':'Shop'},'batch':{'timeout':-1}}"));

        assertThat(json(view())).doesNotContain("Shop");
    }
}
