package dev.ferritedb.kernel.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ferritedb.ports.query.Scalar;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The evaluator's `strftime` and the store's give the same answers. A failure prints its call; `-Dstrftime.seed=7`
/// and `-Dstrftime.calls=1000000` choose others than the random ones of a run.
class StrftimeTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:20:30.456Z");
    private static final String NOW_SPELT = "2026-05-01 10:20:30.456";
    private static final String NOTHING = "(nothing)";

    private static Connection store;

    @BeforeAll
    static void open() throws SQLException {
        store = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterAll
    static void close() throws SQLException {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        # every specifier
        %d.%m.%Y %H:%M:%S      | 2024-02-09 15:04:05.678      |                                 | 09.02.2024 15:04:05
        %F %T                  | 2024-02-09 15:04:05.678      |                                 | 2024-02-09 15:04:05
        %R %I %l %k %p %P      | 2024-02-09 15:04:05          |                                 | 15:04 03  3 15 PM pm
        %R %I %l %k %p %P      | 2024-02-09 00:04:05          |                                 | 00:04 12 12  0 AM am
        %f                     | 2024-02-09 15:04:05.6784     |                                 | 05.678
        [%e]                   | 2024-02-09                   |                                 | [ 9]
        %j %w %u               | 2024-12-29                   |                                 | 364 0 7
        %U %W %V %G %g         | 2023-01-01                   |                                 | 01 00 52 2022 22
        %U %W %V %G %g         | 2024-12-30                   |                                 | 52 53 01 2025 25
        %s                     | 2024-02-09 15:04:05.678      |                                 | 1707491045
        %s                     | 1969-12-31 23:59:59.5        |                                 | -1
        %s                     | 1969-12-31 23:59:59.5        | subsec                          | -0.500
        %J                     | 2024-02-09 15:04:05.678      |                                 | 2460350.127843495
        %J                     | 2024-02-09 12:00             |                                 | 2460350
        100%%                  | 2024-02-09                   |                                 | 100%
        é %Y 😀                | 2024-02-09                   |                                 | é 2024 😀
        # times that can be read, and their twins that can't
        %F %T                  | 2024-02-09T15:04             |                                 | 2024-02-09 15:04:00
        %F %T                  | 2024-02-09t15:04             |                                 | (nothing)
        %F %T                  | 2024-02-09 15:04Z            |                                 | 2024-02-09 15:04:00
        %F %T                  | 2024-02-09 15:04 +01:30      |                                 | 2024-02-09 13:34:00
        %F %T                  | 2024-02-09 15:04 +0130       |                                 | (nothing)
        %F %T                  | 2024-02-09 15:04-14:59       |                                 | 2024-02-10 06:03:00
        %F %T                  | 2024-02-09 15:04-15:00       |                                 | (nothing)
        %F %T                  | 2024-02-09+01:00             |                                 | (nothing)
        %F %T                  | 15:04                        |                                 | 2000-01-01 15:04:00
        %F %T                  | 5:04                         |                                 | (nothing)
        %F %T                  | 2024-02-09 24:00             |                                 | 2024-02-10 00:00:00
        %F %T                  | 2024-02-09 24:01             |                                 | (nothing)
        %F %T                  | -0005-12-31 24:00            |                                 | -006-01-01 00:00:00
        %F                     | -4714-10-11                  | start of day, +0003-08-24       | -4710-07-05
        %F                     | -4714-10-11                  | +0003-08-24                     | (nothing)
        %F                     | 9999-12-31 24:00             | -1 day                          | (nothing)
        %F %T                  | 15:04+16:00                  |                                 | (nothing)
        %F %T                  | 15:04+09:00                  | start of day                    | 2000-01-01 00:00:00
        %F %T                  | 15:04+14:00                  | +1 month                        | 2000-02-01 01:04:00
        %F %T                  | 2024-02-09 15:60             |                                 | (nothing)
        %F %f                  | 2024-02-09 15:04:59.9999     |                                 | 2024-02-09 59.999
        %F                     | 2024-2-9                     |                                 | (nothing)
        %F                     | 2024-13-01                   |                                 | (nothing)
        %F                     | 2024-02-30                   |                                 | 2024-03-01
        %F                     | 2024-02-30                   | subsec                          | 2024-02-30
        %F                     | 2024-02-32                   |                                 | (nothing)
        %F                     | -0001-03-01                  |                                 | -001-03-01
        %F                     | yesterday                    |                                 | (nothing)
        %F                     | ''                           |                                 | (nothing)
        %F %T                  | now                          |                                 | 2026-05-01 10:20:30
        %F %f                  | NOW                          | +1 day                          | 2026-05-02 30.456
        %s                     | subsec                       |                                 | 1777630830.456
        # numbers
        %F %T                  | 2460350.5                    |                                 | 2024-02-10 00:00:00
        %F %T                  | 2460350.5                    | julianday                       | 2024-02-10 00:00:00
        %F %T                  | 2460350.5x                   |                                 | (nothing)
        %F %T                  | 1707491045                   |                                 | (nothing)
        %F %T                  | 1707491045                   | unixepoch                       | 2024-02-09 15:04:05
        %F %T                  | 1707491045                   | auto                            | 2024-02-09 15:04:05
        %F %T                  | 2460350.5                    | auto                            | 2024-02-10 00:00:00
        %F %T                  | 1707491045                   | subsec, unixepoch               | (nothing)
        %F %T                  | 2024-02-09                   | unixepoch                       | (nothing)
        %F %T                  | 2024-02-09                   | auto                            | 2024-02-09 00:00:00
        # modifiers
        %F %f                  | 2024-01-31 10:11:12.345      | -1.5 DAYS                       | 2024-01-29 12.345
        %F %f                  | 2024-01-31 10:11:12.345      | 0.0005 seconds                  | 2024-01-31 12.346
        %F %T                  | 2024-01-31 10:11:12          | 90 minutes, -1 hour             | 2024-01-31 10:41:12
        %F %T                  | 2024-01-31 10:11:12          | +1 month                        | 2024-03-02 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | +1 month, floor                 | 2024-02-29 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | +1 month, ceiling               | 2024-03-02 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | +1 month, ceiling, floor        | 2024-03-02 10:11:12
        %F %T                  | 2024-02-29 10:11:12          | -1 year                         | 2023-03-01 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | 1.5 months                      | 2024-03-17 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | +0001-02-03 04:05               | 2025-04-03 14:16:12
        %F %T                  | 2024-01-31 10:11:12          | -0001-02-03                     | 2022-11-28 10:11:12
        %F %T                  | 2024-01-31 10:11:12          | -12:30                          | 2024-01-30 21:41:12
        %F %T                  | 2024-01-31 10:11:12          | start of month, +1 month        | 2024-02-01 00:00:00
        %F %T                  | 2024-01-31 10:11:12          | start of year                   | 2024-01-01 00:00:00
        %F %T                  | 2024-01-31 10:11:12          | start of day                    | 2024-01-31 00:00:00
        %F                     | 2024-01-31                   | weekday 3                       | 2024-01-31
        %F                     | 2024-01-31                   | weekday 2                       | 2024-02-06
        %F                     | 2024-01-31                   | weekday -2                      | 2024-01-30
        %F                     | 9999-12-31                   | +1 day                          | (nothing)
        %F                     | 9999-12-31                   | +1 day, -1 day                  | 9999-12-31
        %F                     | 9999-12-31                   | +1 month, -1 month              | (nothing)
        """)
    void writesWhatTheStoreWrites(String format, String time, String modifiers, String written) throws SQLException {
        List<String> list = modifiers == null ? List.of() : List.of(modifiers.split(", "));
        assertThat(evaluated(format, new Scalar.Text(time), list)).isEqualTo(written);
        assertThat(stored(format, new Scalar.Text(time), list)).isEqualTo(written);
    }

    @Test
    void givesTheStoresAnswerToRandomCalls() throws SQLException {
        long seed = Long.getLong("strftime.seed", new Random().nextLong());
        int calls = Integer.getInteger("strftime.calls", 20_000);
        System.out.println("strftime.seed=" + seed);
        var random = new Random(seed);
        int answers = 0;
        int refusals = 0;
        for (int i = 0; i < calls; i++) {
            String format = RandomTimes.format(random);
            Scalar time = RandomTimes.time(random);
            List<String> modifiers = RandomTimes.modifiers(random);
            String expected = stored(format, time, modifiers);
            String found;
            try {
                found = evaluated(format, time, modifiers);
            } catch (IllegalArgumentException _) {
                found = NOTHING;
                refusals++;
            }
            if (!found.equals(NOTHING)) answers++;
            assertThat(found)
                    .as("strftime(%s, %s, %s), seed %d, call %d", format, time, modifiers, seed, i)
                    .isEqualTo(expected);
        }
        assertThat(answers).isGreaterThan(calls / 3);
        assertThat(refusals).isBetween(calls / 50, calls / 2);
    }

    @Test
    void hasNoAnswerWithoutATime() {
        assertThat(Strftime.of("%Y", List.of()).at(Scalar.MISSING, NOW)).isEqualTo(Scalar.MISSING);
    }

    @Test
    void writesTheEmptyTextForTheEmptyFormat() {
        assertThat(Strftime.of("", List.of()).at(new Scalar.Text("now"), NOW)).isEqualTo(Scalar.Text.EMPTY);
    }

    @Test
    void readsTextsUpToTheirFirstNul() throws SQLException {
        var time = new Scalar.Text("2024-02-09\0 and more");
        assertThat(evaluated("%F\0%q", time, List.of("1 day\0s"))).isEqualTo("2024-02-10");
        assertThat(stored("%F\0%q", time, List.of("1 day\0s"))).isEqualTo("2024-02-10");
    }

    @Test
    void readsNoTimeWithHundredsOfDigits() throws SQLException {
        var time = new Scalar.Text("15:04:05." + "9".repeat(400));
        assertThat(evaluated("%T", time, List.of())).isEqualTo(NOTHING);
        assertThat(stored("%T", time, List.of())).isEqualTo(NOTHING);
    }

    @Test
    void givesUpOnHugeTextsAtOnce() {
        String blanks = " ".repeat(1_000_000);
        for (String start : List.of("2024-02-09", "15:04", "15:04Z", "2460350", "2460350.5", "")) {
            var time = new Scalar.Text(start + blanks + "x");
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThat(evaluated("%F", time, List.of("1 day"))).isEqualTo(NOTHING));
        }
    }

    @ParameterizedTest
    @CsvSource({"%q,%q", "%Y-%E,%E", "%😀,%😀", "%%%,lone '%'"})
    void refusesAnUnknownFormat(String format, String named) throws SQLException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strftime.of(format, List.of()))
                .withMessageContaining(named);
        assertThat(stored(format, new Scalar.Text("2024-02-09"), List.of())).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 fortnight",
                "1day",
                "day",
                "+ 1 day",
                " 1 day",
                "1 day ",
                "1e days",
                "start of week",
                "start  of day",
                "weekday",
                "weekday 7",
                "weekday 1.5",
                "+25:00",
                "+1:00",
                "+0001-12-00",
                "+0001-00-31",
                "0001-02-03",
                "+0001-02-03T04:05",
                "15000 years",
                "floor ",
                "month",
                "",
                "now"
            })
    void refusesAnUnknownModifier(String modifier) throws SQLException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strftime.of("%Y", List.of("+1 day", modifier)))
                .withMessage("strftime has no modifier '" + modifier + "'");
        assertThat(stored("%Y", new Scalar.Text("2024-02-09"), List.of(modifier)))
                .isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localtime", "UTC", "utc"})
    void refusesTheServersTimeZone(String modifier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strftime.of("%Y", List.of(modifier)))
                .withMessageContaining("'" + modifier + "'")
                .withMessageContaining("time zone");
    }

    private static String evaluated(String format, Scalar time, List<String> modifiers) {
        Scalar answer = Strftime.of(format, modifiers).at(time, NOW);
        return answer instanceof Scalar.Text(String text) ? text : NOTHING;
    }

    private static String stored(String format, Scalar time, List<String> modifiers) throws SQLException {
        var all = new ArrayList<>(modifiers);
        Scalar fixed = time;
        if (time instanceof Scalar.Text(String text) && text.matches("(?i)now|subsec(ond)?")) {
            fixed = new Scalar.Text(NOW_SPELT);
            if (text.length() > 3) all.add("subsec");
        }
        String call = "SELECT strftime(?, ?" + ", ?".repeat(all.size()) + ")";
        try (PreparedStatement select = store.prepareStatement(call)) {
            select.setString(1, format);
            switch (fixed) {
                case Scalar.Missing _ -> select.setNull(2, Types.NULL);
                case Scalar.Whole whole -> select.setLong(2, whole.number());
                case Scalar.Real real -> select.setDouble(2, real.number());
                case Scalar.Text text -> select.setString(2, text.text());
            }
            for (int i = 0; i < all.size(); i++) select.setString(i + 3, all.get(i));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                String answer = row.getString(1);
                return answer == null ? NOTHING : answer;
            }
        }
    }
}
