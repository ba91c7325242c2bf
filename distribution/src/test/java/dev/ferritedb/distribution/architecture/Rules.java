package dev.ferritedb.distribution.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/// The rules of the house, each with the classes that break it.
final class Rules {
    private static final String[] NO_MORE = {};
    private static final String JSON = "dev.ferritedb.json..";
    private static final String KERNEL = "dev.ferritedb.kernel..";
    private static final String PORTS = "dev.ferritedb.ports..";

    private Rules() {}

    /// @param breakers classes of the test sources that break `rule`, together
    record Case(String name, ArchRule rule, List<String> breakers) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.concat(arrows(), homes());
    }

    private static Stream<Case> arrows() {
        return Stream.of(
                sees("ports", NO_MORE, "dev.ferritedb.ports.PortsThatSeeTheKernel"),
                new Case(
                        "the kernel sees the ports and plain values alone",
                        classes()
                                .that()
                                .resideInAPackage(KERNEL)
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(
                                                KERNEL,
                                                PORTS,
                                                "java.lang..",
                                                "java.util..",
                                                "java.time..",
                                                "java.math..",
                                                "java.nio.charset..",
                                                "java.security..")
                                        .or(type(URI.class))
                                        .or(type(URISyntaxException.class))),
                        List.of("dev.ferritedb.kernel.KernelThatReadsAFile")),
                sees("json", new String[] {"com.fasterxml.jackson.core.."}, "dev.ferritedb.json.JsonThatSeesTheKernel"),
                sees(
                        "sqlite",
                        new String[] {JSON, "com.zaxxer.hikari..", "org.sqlite..", "javax.sql.."},
                        "dev.ferritedb.sqlite.SqliteThatSeesHttp"),
                sees("fs", NO_MORE, "dev.ferritedb.fs.FilesThatSeeSqlite"),
                sees(
                        "identity",
                        new String[] {"org.bouncycastle..", "com.nimbusds..", "javax.crypto.."},
                        "dev.ferritedb.identity.IdentityThatSeesSqlite"),
                sees(
                        "mail",
                        new String[] {"jakarta.mail..", "org.eclipse.angus.."},
                        "dev.ferritedb.mail.MailThatSeesTheKernel"),
                sees(
                        "http",
                        new String[] {
                            KERNEL,
                            JSON,
                            "io.helidon..",
                            "com.fasterxml.jackson.core..",
                            "org.apache.commons.fileupload2..",
                            "org.apache.commons.io.."
                        },
                        "dev.ferritedb.http.HttpThatSeesSqlite"),
                sees(
                        "cli",
                        new String[] {KERNEL, JSON, "picocli..", "me.tongfei.progressbar..", "org.jline.."},
                        "dev.ferritedb.cli.CommandThatSeesSqlite"),
                sees("s3", new String[] {"software.amazon.awssdk.."}, "dev.ferritedb.s3.S3ThatSeesTheKernel"),
                sees(
                        "oauth2",
                        new String[] {"com.github.scribejava..", "com.nimbusds..", "javax.net.ssl.."},
                        "dev.ferritedb.oauth2.OAuth2ThatSeesHttp"),
                sees(
                        "imaging",
                        new String[] {"javax.imageio..", "org.apache.commons.imaging..", "net.coobird.."},
                        "dev.ferritedb.imaging.ImagingThatSeesFiles"),
                sees("metrics", NO_MORE, "dev.ferritedb.metrics.MetricsThatSeeHttp"),
                new Case(
                        "no packages depend on each other in a circle",
                        slices().matching("dev.ferritedb.(**)").should().beFreeOfCycles(),
                        List.of(
                                "dev.ferritedb.distribution.circle.one.One",
                                "dev.ferritedb.distribution.circle.two.Two")));
    }

    /// A module sees itself, the ports, the JDK and what is named.
    private static Case sees(String module, String[] more, String breaker) {
        String own = "dev.ferritedb." + module + "..";
        String[] allowed =
                Stream.concat(Stream.of(own, PORTS, "java.."), Stream.of(more)).toArray(String[]::new);
        return new Case(
                module + " sees what it may and nothing else",
                classes().that().resideInAPackage(own).should().onlyDependOnClassesThat(resideInAnyPackage(allowed)),
                List.of(breaker));
    }

    private static Stream<Case> homes() {
        return Stream.of(
                new Case(
                        "the kernel asks no clock and no random source of its own",
                        noClasses().that().resideInAPackage(KERNEL).should().accessTargetWhere(clocksAndChance()),
                        List.of("dev.ferritedb.kernel.KernelThatReadsTheClock")),
                new Case(
                        "kernel classes are final",
                        classes()
                                .that()
                                .resideInAPackage(KERNEL)
                                .and()
                                .areNotInterfaces()
                                .and(concreteAndNamed())
                                .should()
                                .haveModifier(JavaModifier.FINAL),
                        List.of("dev.ferritedb.kernel.KernelThatIsOpen")),
                onlyIn(
                        "the server library",
                        "io.helidon..",
                        "dev.ferritedb.http..",
                        "dev.ferritedb.cli.CommandThatServes"),
                onlyIn("SQL", "java.sql..", "dev.ferritedb.sqlite..", "dev.ferritedb.http.HttpThatQueries"),
                new Case(
                        "nobody reflects",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("java.lang.reflect..")
                                .orShould()
                                .accessTargetWhere(target(Class.class.getName(), Set.of("forName"))),
                        List.of("dev.ferritedb.distribution.CodeThatReflects")),
                new Case(
                        "nobody keeps anything in a thread",
                        noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class),
                        List.of("dev.ferritedb.distribution.CodeThatUsesAThreadLocal")),
                new Case(
                        "standard streams are used in the terminal alone",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.ferritedb.cli.terminal..")
                                .should()
                                .accessTargetWhere(target(System.class.getName(), Set.of("out", "err", "in"))),
                        List.of("dev.ferritedb.distribution.CodeThatPrints")),
                new Case(
                        "services are looked up for plug-ins alone",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.ferritedb.distribution.plugin..")
                                .should()
                                .dependOnClassesThat()
                                .areAssignableTo(ServiceLoader.class),
                        List.of("dev.ferritedb.distribution.CodeThatLooksUpServices")),
                new Case(
                        "the environment is read in Main alone",
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName("dev.ferritedb.distribution.Main")
                                .should()
                                .accessTargetWhere(target(System.class.getName(), Set.of("getenv", "exit"))),
                        List.of("dev.ferritedb.distribution.CodeThatReadsTheEnvironment")));
    }

    private static Case onlyIn(String what, String packages, String home, String breaker) {
        return new Case(
                what + " is used in one place",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(home)
                        .and()
                        .resideOutsideOfPackage("dev.ferritedb.benchmarks..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(packages),
                List.of(breaker));
    }

    private static DescribedPredicate<JavaClass> concreteAndNamed() {
        return describe(
                "are concrete and have a name",
                type -> !type.getModifiers().contains(JavaModifier.ABSTRACT) && !type.isAnonymousClass());
    }

    private static DescribedPredicate<JavaAccess<?>> target(String owner, Set<String> names) {
        return describe(
                names + " of " + owner,
                access -> access.getTargetOwner().getFullName().equals(owner)
                        && names.contains(access.getTarget().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> clocksAndChance() {
        return describe("a clock or a random source", access -> {
            String owner = access.getTargetOwner().getFullName();
            String name = access.getTarget().getName();
            return owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"))
                    || owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                    || owner.equals("java.lang.Math") && name.equals("random")
                    || owner.equals("java.util.UUID") && name.equals("randomUUID")
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || (owner.equals("java.util.Random") || owner.equals("java.security.SecureRandom"))
                            && name.equals("<init>");
        });
    }
}
