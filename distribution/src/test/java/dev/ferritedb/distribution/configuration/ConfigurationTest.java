package dev.ferritedb.distribution.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.distribution.configuration.Configuration.CommandLine;
import dev.ferritedb.distribution.configuration.Configuration.Logging;
import dev.ferritedb.ports.plugin.Settings;
import dev.ferritedb.ports.plugin.Settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void needsNoFile() {
        Configuration defaults = read(Map.of());

        assertThat(defaults.problems()).isEmpty();
        assertThat(defaults.file()).isEmpty();
        assertThat(defaults.server().host()).isEqualTo("127.0.0.1");
        assertThat(defaults.server().port()).isEqualTo(8090);
        assertThat(defaults.server().corsOrigins()).isEmpty();
        assertThat(defaults.server().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.server().maxRequestSizeBytes()).isEqualTo(10_485_760);
        assertThat(defaults.database().file()).isEqualTo(folder.resolve("ferritedb_data/ferritedb.db"));
        assertThat(defaults.database().autoMigrate()).isTrue();
        assertThat(defaults.database().synchronousFull()).isTrue();
        assertThat(defaults.passwords()).isEqualTo(new Configuration.Passwords(19_456, 2, 1));
        assertThat(defaults.storage().backend()).isEqualTo("local");
        assertThat(defaults.storage().basePath()).isEqualTo(folder.resolve("ferritedb_data/storage"));
        assertThat(defaults.storage().maxFileSizeBytes()).isEqualTo(52_428_800);
        assertThat(defaults.logging()).isEqualTo(new Logging(Logging.Level.INFO, false));
        assertThat(defaults.adminEnabled()).isTrue();
    }

    @Test
    void prefersAFlagToTheEnvironmentToTheFileToTheDefault() throws IOException {
        file("ferritedb.toml", "[server]\nport = 1001\nhost = \"file\"\nrequest_timeout = \"5s\"\n");
        var environment = Map.of("FERRITEDB_SERVER_PORT", "1002", "FERRITEDB_SERVER_HOST", "environment");
        var flags = new CommandLine(Optional.empty(), Optional.empty(), Map.of("server.port", "1003"));

        Configuration configuration = Configuration.read(flags, environment, folder);

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.server().port()).isEqualTo(1003);
        assertThat(configuration.server().host()).isEqualTo("environment");
        assertThat(configuration.server().requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.server().maxRequestSizeBytes()).isEqualTo(10_485_760);
        assertThat(configuration.entries())
                .contains(
                        new Entry("server.port", "1003", "flag"),
                        new Entry("server.host", "environment", "FERRITEDB_SERVER_HOST"),
                        new Entry(
                                "server.request_timeout",
                                "5s",
                                folder.resolve("ferritedb.toml").toString()),
                        new Entry("server.max_request_size", "10485760", "default"));
    }

    @Test
    void takesTheNamedFileElseTheOnesOfTheWorkingFolderElseThatOfTheDataFolder() throws IOException {
        Files.createDirectories(folder.resolve("ferritedb_data"));
        file("ferritedb_data/ferritedb.toml", "server.port = 1");
        assertThat(read(Map.of()).server().port()).isEqualTo(1);
        file("ferritedb.dev.toml", "server.port = 2");
        assertThat(read(Map.of()).server().port()).isEqualTo(2);
        file("ferritedb.toml", "server.port = 3");
        assertThat(read(Map.of()).server().port()).isEqualTo(3);
        file("other.toml", "server.port = 4");
        assertThat(read(Map.of("FERRITEDB_CONFIG", "other.toml")).server().port())
                .isEqualTo(4);
        file("flag.toml", "server.port = 5");
        var flag = new CommandLine(Optional.of(Path.of("flag.toml")), Optional.empty(), Map.of());
        assertThat(Configuration.read(flag, Map.of("FERRITEDB_CONFIG", "other.toml"), folder)
                        .server()
                        .port())
                .isEqualTo(5);
    }

    @Test
    void refusesANamedFileThatIsNotThere() {
        assertThatThrownBy(() -> read(Map.of("FERRITEDB_CONFIG", "missing.toml")))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("missing.toml: there is no such configuration file");
    }

    @Test
    void refusesAFileThatIsNotTomlWithItsLine() throws IOException {
        file("ferritedb.toml", "[server]\nport = = 1\n");

        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("ferritedb.toml:2:")
                .hasMessageContaining("not TOML");
    }

    @Test
    void namesEveryUnknownKeyWithTheOneThatWasMeant() throws IOException {
        file("ferritedb.toml", "[server]\nprot = 1\n[zzzzzzzzzzzzzzzzzzz]\ny = 1\n");

        Configuration configuration = read(Map.of("FERRITEDB_SERVER_HOTS", "x"));

        String file = folder.resolve("ferritedb.toml").toString();
        assertThat(configuration.problems())
                .containsExactlyInAnyOrder(
                        file + ": server.prot is not a setting; did you mean server.port?",
                        file + ": zzzzzzzzzzzzzzzzzzz.y is not a setting",
                        "environment: FERRITEDB_SERVER_HOTS is not a setting; did you mean FERRITEDB_SERVER_HOST?");
        assertThatThrownBy(configuration::refuseProblems)
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("server.port?");
    }

    @Test
    void leavesVariablesOfOthersAlone() {
        assertThat(read(Map.of("PATH", "/bin", "FERRITE", "x", "FERRITEDB_JAVA_OPTS", "-Xmx1g"))
                        .problems())
                .isEmpty();
    }

    @Test
    void namesEveryValueOfAWrongKindAndPlace() throws IOException {
        file("ferritedb.toml", """
                [server]
                port = "8090"
                cors_origins = "https://a.example"
                request_timeout = "soon"
                [database]
                auto_migrate = "yes"
                synchronous = "off"
                max_connections = 0
                [logging]
                level = 3
                [storage]
                max_file_size = 1.5
                """);

        assertThat(read(Map.of("FERRITEDB_ADMIN_ENABLED", "maybe")).problems())
                .anySatisfy(line -> assertThat(line).endsWith("server.port must be a whole number"))
                .anySatisfy(line -> assertThat(line).endsWith("server.cors_origins must be a list of text"))
                .anySatisfy(line -> assertThat(line).contains("server.request_timeout must be seconds"))
                .anySatisfy(line -> assertThat(line).endsWith("database.auto_migrate must be true or false"))
                .anySatisfy(line -> assertThat(line).endsWith("database.synchronous must be one of full, normal"))
                .anySatisfy(line -> assertThat(line).endsWith("database.max_connections must be from 1 to 64"))
                .anySatisfy(line -> assertThat(line).endsWith("logging.level must be text"))
                .anySatisfy(line -> assertThat(line).endsWith("storage.max_file_size must be a whole number"))
                .contains("FERRITEDB_ADMIN_ENABLED: admin.enabled must be true or false")
                .hasSize(9);
    }

    @Test
    void readsListsFromAFileAndCommaSeparatedFromTheEnvironment() throws IOException {
        file("ferritedb.toml", "server.cors_origins = [\"https://a.example\", \"https://b.example\"]");

        assertThat(read(Map.of()).server().corsOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(read(Map.of("FERRITEDB_SERVER_CORS_ORIGINS", "https://c.example, https://d.example"))
                        .server()
                        .corsOrigins())
                .containsExactly("https://c.example", "https://d.example");
    }

    @Test
    void readsHowAccountsAreGuarded() {
        assertThat(read(Map.of()).accounts()).isEqualTo(new Configuration.Accounts(8, 30, true));
        Configuration set = read(Map.of(
                "FERRITEDB_AUTH_PASSWORD_MIN_LENGTH", "12",
                "FERRITEDB_SERVER_RATE_LIMIT_AUTH", "5",
                "FERRITEDB_SERVER_RATE_LIMIT_ENABLED", "false",
                "FERRITEDB_SERVER_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"));

        assertThat(set.accounts()).isEqualTo(new Configuration.Accounts(12, 5, false));
        assertThat(set.server().trustedProxies()).containsExactly("127.0.0.1", "10.0.0.0/8");
        assertThat(set.problems()).isEmpty();
        assertThat(set.withoutEffect()).isEmpty();
    }

    @Test
    void refusesProxiesThatAreNoAddresses() {
        assertThat(read(Map.of("FERRITEDB_SERVER_TRUSTED_PROXIES", "proxy.example.com"))
                        .problems())
                .singleElement()
                .asString()
                .contains("server.trusted_proxies", "addresses or networks");
    }

    @Test
    void saysWhichSettingsHaveNoEffectYet() {
        Configuration configuration = read(Map.of("FERRITEDB_SERVER_RATE_LIMIT_UPLOAD", "5"));

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.withoutEffect()).containsExactly("server.rate_limit.upload");
    }

    /// CFG-02.
    @Test
    void takesASecretThatCannotBeGuessedAndHidesIt() {
        String secret = "0123456789abcdefghijklmnopqrstuv";
        Configuration configuration = read(Map.of("FERRITEDB_AUTH_JWT_SECRET", secret));

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.sessions().secret()).contains(new Secret(secret));
        assertThat(configuration.sessions().toString()).doesNotContain(secret);
        assertThat(configuration.entries())
                .noneSatisfy(entry -> assertThat(entry.value()).contains(secret));
        for (String weak : List.of("", "short", secret.substring(1), "x".repeat(64), "changeme-" + secret)) {
            assertThat(read(Map.of("FERRITEDB_AUTH_JWT_SECRET", weak)).problems())
                    .as(weak)
                    .singleElement()
                    .asString()
                    .contains("auth.jwt_secret must be random text of 32 bytes or more")
                    .doesNotContain("xxxx", "changeme");
        }
    }

    @Test
    void readsHowLongSessionsLast() {
        Configuration.Sessions usual = read(Map.of()).sessions();
        assertThat(usual.accessLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(usual.refreshLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(usual.lifetime()).isEqualTo(Duration.ofDays(90));
        assertThat(read(Map.of("FERRITEDB_AUTH_REFRESH_MAX_TTL", "31d"))
                        .sessions()
                        .lifetime())
                .isEqualTo(Duration.ofDays(31));
        for (String wrong : List.of("AUTH_REFRESH_MAX_TTL=29d", "AUTH_REFRESH_TTL=14m", "AUTH_TOKEN_TTL=0")) {
            String[] parts = wrong.split("=");
            assertThat(read(Map.of("FERRITEDB_" + parts[0], parts[1])).problems())
                    .as(wrong)
                    .hasSize(1);
        }
    }

    @Test
    void readsAMailServerAndHidesItsPassword() throws IOException {
        file("ferritedb.toml", """
                [server]
                public_url = "https://shop.example/app/"
                [mail]
                smtp_host = "mail.example"
                smtp_port = 465
                smtp_username = "shop"
                smtp_password = "hush-hush"
                smtp_tls = true
                sender_name = "Shop"
                sender_address = "no-reply@shop.example"
                """);

        Configuration configuration = read(Map.of());
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.mail())
                .isEqualTo(new Configuration.Mail(
                        "https://shop.example/app/",
                        "mail.example",
                        465,
                        "shop",
                        new Secret("hush-hush"),
                        true,
                        "Shop",
                        "no-reply@shop.example"));
        assertThat(configuration.mail().toString()).doesNotContain("hush-hush");
        assertThat(configuration.entries())
                .noneSatisfy(entry -> assertThat(entry.value()).contains("hush-hush"));
        assertThat(read(Map.of("FERRITEDB_MAIL_SMTP_PASSWORD", "other")).mail().smtpPassword())
                .isEqualTo(new Secret("other"));
    }

    @Test
    void refusesMailSettingsThatCannotWork() throws IOException {
        file("ferritedb.toml", """
                [server]
                public_url = "shop.example"
                [mail]
                smtp_port = 70000
                smtp_username = "shop"
                sender_address = "Shop <shop@shop.example>"
                """);

        assertThat(read(Map.of()).problems())
                .anySatisfy(line -> assertThat(line).contains("server.public_url must be a web address"))
                .anySatisfy(line -> assertThat(line).endsWith("mail.smtp_port must be from 1 to 65535"))
                .anySatisfy(line -> assertThat(line).endsWith("mail.smtp_username is set, but mail.smtp_host is not"))
                .anySatisfy(line -> assertThat(line).endsWith("mail.sender_address must be an e-mail address"));
    }

    @Test
    void findsDataAndStorageWhereTheyAreSet() {
        Configuration configuration =
                read(Map.of("FERRITEDB_DATA", "elsewhere", "FERRITEDB_STORAGE_LOCAL_BASE_PATH", "files"));

        assertThat(configuration.dataFolder()).isEqualTo(folder.resolve("elsewhere"));
        assertThat(configuration.database().file()).isEqualTo(folder.resolve("elsewhere/ferritedb.db"));
        assertThat(configuration.storage().basePath()).isEqualTo(folder.resolve("files"));
    }

    @Test
    void givesAPlugInItsOwnSectionAndRefusesWhatItLeavesUnread() throws IOException {
        file("ferritedb.toml", """
                [plugins.sample]
                greeting = "hello"
                api_key = "topsecret"
                every = "2m"
                loud = true
                copies = 3
                words = ["a", "b"]
                greetings = "misspelt"
                [plugins.absent]
                x = 1
                [storage.s3]
                bucket = "photos"
                """);
        Configuration configuration = read(Map.of("FERRITEDB_PLUGINS_SAMPLE_COPIES", "4"));
        Settings sample = configuration.ofPlugin("sample");

        assertThat(sample.required("greeting")).isEqualTo("hello");
        assertThat(sample.secret("api_key")).contains("topsecret");
        assertThat(sample.duration("every", Duration.ZERO)).isEqualTo(Duration.ofMinutes(2));
        assertThat(sample.truth("loud", false)).isTrue();
        assertThat(sample.whole("copies", 0)).isEqualTo(4);
        assertThat(sample.list("words")).containsExactly("a", "b");
        assertThat(configuration.ofPlugin("s3").required("bucket")).isEqualTo("photos");
        assertThatThrownBy(() -> sample.required("missing"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("plugins.sample.missing is required");

        String file = folder.resolve("ferritedb.toml").toString();
        assertThat(configuration.problems())
                .containsExactlyInAnyOrder(
                        file + ": plugins.sample.greetings is not a setting; did you mean plugins.sample.greeting?",
                        file + ": plugins.absent.x is set, but no plug-in 'absent' that reads settings is installed");
        assertThat(configuration.entries())
                .contains(new Entry("plugins.sample.api_key", "…", file))
                .noneSatisfy(entry -> assertThat(entry.value()).contains("topsecret"));
    }

    @Test
    void findsTheNearestNameAndNoneWhenNothingIsNear() {
        var known = List.of("server.port", "server.host", "logging.level");

        assertThat(Nearest.to("server.prot", known)).contains("server.port");
        assertThat(Nearest.to("sever.host", known)).contains("server.host");
        assertThat(Nearest.to("loging.levels", known)).contains("logging.level");
        assertThat(Nearest.to("mail.smtp.password", known)).isEmpty();
    }

    private Configuration read(Map<String, String> environment) {
        return Configuration.read(new CommandLine(Optional.empty(), Optional.empty(), Map.of()), environment, folder);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
