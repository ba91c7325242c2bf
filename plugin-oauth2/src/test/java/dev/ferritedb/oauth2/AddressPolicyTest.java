package dev.ferritedb.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// FILE-09 of the security checklist, for the requests of this plug-in.
class AddressPolicyTest {
    private static final AddressPolicy USUAL = new AddressPolicy(true, Set.of());
    private static final AddressPolicy STRICT = new AddressPolicy(false, Set.of());
    private static final AddressPolicy LISTED =
            new AddressPolicy(false, Set.of("10.0.0.5", "[fd00::5]:8443", "192.168.1.1:8080"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/",
                "https://10.255.255.255/",
                "https://100.64.0.1/",
                "https://100.127.255.254/",
                "https://169.254.169.254/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.0.1/",
                "https://192.0.0.1/",
                "https://192.0.2.1/",
                "https://198.18.0.1/",
                "https://198.51.100.7/",
                "https://203.0.113.7/",
                "https://224.0.0.1/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://[::]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:db8::1]/",
                "https://[fc00::1]/",
                "https://[fd12:3456::1]/",
                "https://[fe80::1]/",
                "https://[ff02::1]/",
                "https://2130706433/",
                "https://017700000001/",
                "https://127.1/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "jar:https://example.com!/",
                "https:///path",
                "https:example.com",
                "/relative",
                "https://user@127.0.0.1/",
                "https://127.0.0.1@10.0.0.1/"
            })
    void asksNobodyOnInternalAddressesNorByOtherSchemes(String url) {
        assertThatThrownBy(() -> USUAL.checked(URI.create(url))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> STRICT.checked(URI.create(url))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/",
                "https://127.0.0.1/",
                "http://127.8.8.8/",
                "http://localhost:9000/",
                "http://LOCALHOST/",
                "http://[::1]:8080/"
            })
    void asksThisMachineWhereTheAddressSaysSoAndItMay(String url) {
        assertThatCode(() -> USUAL.checked(URI.create(url))).doesNotThrowAnyException();
        assertThatThrownBy(() -> STRICT.checked(URI.create(url))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LISTED.checked(URI.create(url))).isInstanceOf(IOException.class);
    }

    @Test
    void asksListedHostsAtTheirPorts() {
        assertThatCode(() -> LISTED.checked(URI.create("http://10.0.0.5/"))).doesNotThrowAnyException();
        assertThatCode(() -> LISTED.checked(URI.create("https://10.0.0.5:9443/")))
                .doesNotThrowAnyException();
        assertThatCode(() -> LISTED.checked(URI.create("https://[fd00::5]:8443/")))
                .doesNotThrowAnyException();
        assertThatCode(() -> LISTED.checked(URI.create("http://192.168.1.1:8080/")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> LISTED.checked(URI.create("http://192.168.1.1/")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LISTED.checked(URI.create("http://10.0.0.6/"))).isInstanceOf(IOException.class);
    }

    @Test
    void asksPublicAddressesByHttpsAlone() throws IOException {
        assertThat(STRICT.checked(URI.create("https://8.8.8.8/")).getHostAddress())
                .isEqualTo("8.8.8.8");
        assertThat(STRICT.checked(URI.create("https://[2606:4700::1111]/"))).isNotNull();
        assertThatThrownBy(() -> STRICT.checked(URI.create("http://8.8.8.8/"))).hasMessageContaining("https");
        assertThatThrownBy(() -> STRICT.checked(URI.create("https://nowhere.invalid/")))
                .hasMessageContaining("there is no host");
    }

    @Test
    void knowsTheEdgesOfReservedNetworks() throws UnknownHostException {
        for (String open : Set.of(
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2001:4860:4860::8888")) {
            assertThat(AddressPolicy.isPublic(InetAddress.getByName(open)))
                    .as(open)
                    .isTrue();
        }
    }
}
