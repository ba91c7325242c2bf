package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable routes = new RouteTable()
            .add("GET", "/api/collections/{c}", _ -> {})
            .add("DELETE", "/api/collections/{c}", _ -> {})
            .add("PUT", "/api/collections/import", _ -> {})
            .add("GET", "/api/collections/meta/scaffolds", _ -> {})
            .add("GET", "/api/collections/{c}/records/{id}", _ -> {})
            .add("GET", "/admin/{path...}", _ -> {});

    @Test
    void prefersLiteralPartsAndGoesBackWhenTheyLeadNowhere() {
        assertThat(template("GET", "/api/collections/meta/scaffolds")).isEqualTo("/api/collections/meta/scaffolds");
        assertThat(template("GET", "/api/collections/meta/records/1")).isEqualTo("/api/collections/{c}/records/{id}");
        assertThat(template("PUT", "/api/collections/import")).isEqualTo("/api/collections/import");
        assertThat(template("DELETE", "/api/collections/import")).isEqualTo("/api/collections/{c}");
        assertThat(template("GET", "/api/collections//records/1")).isEqualTo("none");
        assertThat(template("GET", "/api/collections/a/records")).isEqualTo("none");
        assertThat(template("POST", "/api/collections/a")).isEqualTo("none");
    }

    @Test
    void handsOverTheVariableParts() {
        assertThat(find("GET", "/api/collections/a%2Fb/records/%C3%A4").parts()).containsExactly("a/b", "ä");
        assertThat(find("GET", "/admin/").parts()).containsExactly("");
        assertThat(find("GET", "/admin/assets/x.js").parts()).containsExactly("assets/x.js");
    }

    @Test
    void takesARouteOnlyOnce() {
        assertThatThrownBy(() -> routes.add("GET", "/api/collections/{other}", _ -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String template(String method, String path) {
        return routes.find(method, PathSegments.of(path))
                .map(match -> match.route().template())
                .orElse("none");
    }

    private RouteTable.Match find(String method, String path) {
        return routes.find(method, PathSegments.of(path)).orElseThrow();
    }
}
