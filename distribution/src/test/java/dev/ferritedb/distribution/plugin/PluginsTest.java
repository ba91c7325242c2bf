package dev.ferritedb.distribution.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferritedb.distribution.configuration.Configuration;
import dev.ferritedb.distribution.configuration.Configuration.CommandLine;
import dev.ferritedb.ports.identity.Identification;
import dev.ferritedb.ports.identity.Identification.NotIdentified;
import dev.ferritedb.ports.identity.IdentityProvider;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationCode;
import dev.ferritedb.ports.identity.IdentityProvider.AuthorizationRequest;
import dev.ferritedb.ports.identity.IdentityProvider.ClientKey;
import dev.ferritedb.ports.identity.ProviderOptions;
import dev.ferritedb.ports.plugin.Endpoint;
import dev.ferritedb.ports.plugin.Endpoint.Call;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    private static final String GREETING = "example.greeting.GreetingPlugin";

    @TempDir
    Path folder;

    @Test
    void loadsAJarInAFolderOfItsOwnAndASingleJar() {
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/greeting/greeting-1.0.jar"));
        SamplePlugin.pack("peeking", "example.peeking.PeekingPlugin", folder.resolve("plugins/peeking.jar"));

        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.problems()).isEmpty();
            assertThat(plugins.names()).containsExactly("greeting", "peeking");
            assertThat(plugins.hooks()).hasSize(1);
            assertThat(plugins.endpoints())
                    .extracting(added -> added.endpoint().path())
                    .containsExactly("/api/greeting/{name}", "/api/peek");
        }
    }

    @Test
    void asksAnIdentityProviderFromWithinItsPlugIn() {
        SamplePlugin.pack("providing", "example.providing.ProvidingPlugin", folder.resolve("plugins/providing.jar"));

        try (Plugins plugins = load(configuration(Map.of()))) {
            IdentityProvider house = plugins.identityProviders().getFirst();
            ProviderOptions options = ProviderOptions.of(Value.Members.EMPTY);
            assertThat(house.name()).isEqualTo("house");
            assertThat(house.displayName()).isEqualTo("The house");
            assertThat(house.logo()).isEqualTo("<svg/>");
            assertThat(house.pkce()).isTrue();
            assertThat(house.problems(options)).containsExactly(FieldProblem.required("clientId"));
            assertThat(house.authorizationUrl(options, new AuthorizationRequest("s", "", "")))
                    .isEqualTo("https://house.example.com/?state=s&redirect_uri=");
            assertThat(house.identify(options, new AuthorizationCode("c", "", "", "")))
                    .isEqualTo(new NotIdentified(Identification.Step.USER, "inside"));
            assertThatThrownBy(() -> house.clientSecret(new ClientKey("", "", "", "", 1)))
                    .hasMessage("plug-in 'providing' failed making a client secret");
        }
    }

    @Test
    void startsWithoutAnyWhenThereIsNoFolder() {
        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.names()).isEmpty();
            assertThat(plugins.problems()).isEmpty();
        }
    }

    @Test
    void givesAPlugInItsSettings() throws Exception {
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/greeting.jar"));
        Configuration configuration = configuration(Map.of("FERRITEDB_PLUGINS_GREETING_GREETING", "Grüezi"));

        try (Plugins plugins = load(configuration)) {
            assertThat(configuration.problems()).isEmpty();
            assertThat(plugins.endpoints().getFirst().endpoint().answer(call(Map.of("name", "Ada"), Map.of())))
                    .isEqualTo(new Endpoint.Answer(200, "text/plain", "Grüezi, Ada"));
        }
    }

    @Test
    void refusesAKeyThatThePlugInDoesNotRead() throws IOException {
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/greeting.jar"));
        Files.writeString(folder.resolve("ferritedb.toml"), "[plugins.greeting]\ngreting = \"Hi\"\n");
        Configuration configuration = configuration(Map.of());

        try (Plugins plugins = load(configuration)) {
            assertThat(plugins.names()).containsExactly("greeting");
            assertThat(configuration.problems())
                    .singleElement()
                    .asString()
                    .endsWith("plugins.greeting.greting is not a setting; did you mean plugins.greeting.greeting?");
        }
    }

    @Test
    void namesTheKeyThatIsOfTheWrongKind() throws IOException {
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/greeting.jar"));
        Files.writeString(folder.resolve("ferritedb.toml"), "[plugins.greeting]\ngreeting = 5\n");

        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.names()).isEmpty();
            assertThat(plugins.failed()).containsExactly("greeting");
            assertThat(plugins.settingProblems())
                    .singleElement()
                    .asString()
                    .endsWith("ferritedb.toml: plugins.greeting.greeting must be text");
        }
    }

    @Test
    void showsAPlugInThePortsAndTheJdkAlone() throws Exception {
        SamplePlugin.pack("peeking", "example.peeking.PeekingPlugin", folder.resolve("plugins/peeking/peeking.jar"));
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/greeting/greeting.jar"));
        var asked = List.of(
                "dev.ferritedb.ports.value.Value",
                "java.net.http.HttpClient",
                "javax.sql.DataSource",
                "example.peeking.PeekingPlugin",
                "dev.ferritedb.distribution.plugin.Plugins",
                "dev.ferritedb.kernel.Kernel",
                "com.fasterxml.jackson.core.JsonParser",
                GREETING,
                "META-INF/services/dev.ferritedb.ports.plugin.Plugin",
                "META-INF/services/java.sql.Driver");

        try (Plugins plugins = load(configuration(Map.of()))) {
            Endpoint peek = plugins.endpoints().getLast().endpoint();
            Endpoint.Answer answer = peek.answer(call(Map.of(), Map.of("class", asked)));

            assertThat(answer.body())
                    .isEqualTo("[dev.ferritedb.ports.value.Value, java.net.http.HttpClient, javax.sql.DataSource,"
                            + " example.peeking.PeekingPlugin, META-INF/services/dev.ferritedb.ports.plugin.Plugin]"
                            + " plugin:peeking");
            assertThat(Thread.currentThread().getContextClassLoader())
                    .isSameAs(getClass().getClassLoader());
        }
    }

    @Test
    void leavesOutAPlugInThatThrowsWithAllItAddedAndStartsTheOthers() {
        SamplePlugin.pack("throwing", "example.throwing.ThrowingPlugin", folder.resolve("plugins/a.jar"));
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/b.jar"));

        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.names()).containsExactly("greeting");
            assertThat(plugins.failed()).containsExactly("throwing");
            assertThat(plugins.hooks()).hasSize(1);
            assertThat(plugins.problems())
                    .singleElement()
                    .asString()
                    .startsWith("plug-in 'throwing' (")
                    .contains("a.jar) failed to start; it is left out:")
                    .contains("the moon is full");
        }
    }

    @Test
    void saysWhichServiceFileIsMissing() {
        SamplePlugin.pack("greeting", "", folder.resolve("plugins/greeting.jar"));

        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.names()).isEmpty();
            assertThat(plugins.problems())
                    .singleElement()
                    .asString()
                    .endsWith("greeting.jar: none of its JARs has a"
                            + " META-INF/services/dev.ferritedb.ports.plugin.Plugin; it is not loaded");
        }
    }

    @Test
    void saysWhichClassOfTheServiceFileIsMissing() {
        SamplePlugin.pack("greeting", "example.greeting.Misspelt", folder.resolve("plugins/greeting.jar"));

        try (Plugins plugins = load(configuration(Map.of()))) {
            assertThat(plugins.problems())
                    .singleElement()
                    .asString()
                    .contains("greeting.jar", "example.greeting.Misspelt");
        }
    }

    @Test
    void refusesTwoPlugInsOfOneNameAndNamesBoth() {
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/one.jar"));
        SamplePlugin.pack("greeting", GREETING, folder.resolve("plugins/two/two.jar"));

        assertThatThrownBy(() -> load(configuration(Map.of())))
                .isInstanceOf(PluginError.class)
                .hasMessageContaining("two plug-ins are named 'greeting'")
                .hasMessageContaining("one.jar")
                .hasMessageContaining("two");
    }

    private Configuration configuration(Map<String, String> environment) {
        return Configuration.read(new CommandLine(Optional.empty(), Optional.empty(), Map.of()), environment, folder);
    }

    private Plugins load(Configuration configuration) {
        return Plugins.load(folder.resolve("plugins"), configuration::ofPlugin, "local");
    }

    private static Call call(Map<String, String> pathParts, Map<String, List<String>> query) {
        return new Call("GET", "/", pathParts, query, Map.of(), Optional.empty(), "");
    }
}
