package dev.ferritedb.kernel.rule;

import dev.ferritedb.ports.query.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Random arguments for `strftime`: most of them right, many at an edge, some broken.
final class RandomTimes {
    private static final String SPECIFIERS = "defFgGHIjJklmMpPRsSTuUVwWY%";
    private static final String[] UNITS = {"second", "minute", "hour", "day", "month", "year"};
    private static final String[] WORDS = {
        "ceiling",
        "floor",
        "floor",
        "start of month",
        "start of year",
        "start of day",
        "subsec",
        "subsecond",
        "auto",
        "Start Of Month",
        "FLOOR"
    };
    private static final double[] EDGES = {
        0,
        5_373_484.5,
        1_721_059.5,
        -210_866_760_000.0,
        253_402_300_799.0,
        253_402_300_800.0,
        2_440_587.5,
        1_700_000_000
    };

    private RandomTimes() {}

    static String format(Random random) {
        if (one(random, 3)) return "%Y-%m-%d %H:%M:%f %J";
        var format = new StringBuilder();
        int parts = 1 + random.nextInt(5);
        for (int i = 0; i < parts; i++) {
            format.append('%').append(SPECIFIERS.charAt(random.nextInt(SPECIFIERS.length())));
            if (one(random, 3)) format.append(oneOf(random, "-", " ", "x", "é", ":"));
        }
        return one(random, 60) ? format + oneOf(random, "%", "%q", "%D", "% ") : format.toString();
    }

    static Scalar time(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Scalar.number(random.nextInt(6_000_000) - 100_000);
            case 1 -> Scalar.number(random.nextDouble() * 5_400_000);
            case 2 -> Scalar.number(random.nextLong(-220_000_000_000L, 260_000_000_000L) / (one(random, 2) ? 1 : 1e3));
            case 3 -> Scalar.number(edge(random));
            case 4 -> new Scalar.Text(numberText(random));
            case 5 -> new Scalar.Text(oneOf(random, "now", "NOW", "", "nowadays", clock(random), clock(random)));
            case 6 -> new Scalar.Text(broken(random, dateTime(random)));
            case 7 -> Scalar.MISSING;
            default -> new Scalar.Text(dateTime(random));
        };
    }

    static List<String> modifiers(Random random) {
        var modifiers = new ArrayList<String>();
        int count = random.nextInt(5);
        if (one(random, 4)) modifiers.add(oneOf(random, "unixepoch", "julianday", "auto", "AUTO", "unixepoch"));
        for (int i = 0; i < count; i++) {
            String modifier = modifier(random);
            modifiers.add(one(random, 40) ? broken(random, modifier) : modifier);
        }
        modifiers.removeIf(modifier -> modifier.toLowerCase(Locale.ROOT).matches("utc|localtime"));
        return modifiers;
    }

    private static String modifier(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> oneOf(random, WORDS);
            case 3, 4 ->
                amount(random) + oneOf(random, " ", " ", " ", "\t ") + oneOf(random, UNITS) + oneOf(random, "", "s");
            case 5 ->
                oneOf(random, "+", "-", "-", "+", "")
                        + padded(one(random, 4) ? random.nextInt(15_000) : random.nextInt(30), 4)
                        + '-'
                        + padded(random.nextInt(13), 2)
                        + '-'
                        + padded(random.nextInt(32), 2)
                        + (one(random, 2) ? "" : " " + clock(random));
            case 6 -> oneOf(random, "+", "-", "") + clock(random);
            case 7 ->
                "weekday "
                        + oneOf(random, "0", "1", "2", "3", "4", "5", "6", "-1", "-3", "-6", "-0", "7", "2.0", "1.5");
            default ->
                oneOf(random, "+", "-") + (1 + random.nextInt(40)) + " " + oneOf(random, "months", "years", "days");
        };
    }

    private static String amount(Random random) {
        String sign = oneOf(random, "", "+", "-", "-");
        return sign
                + switch (random.nextInt(6)) {
                    case 0 -> Integer.toString(random.nextInt(100));
                    case 1 -> Double.toString(random.nextInt(100_000) / 1000.0);
                    case 2 -> Double.toString(random.nextDouble() * 50);
                    case 3 -> Double.toString(Math.pow(10, random.nextDouble() * 15));
                    case 4 -> Long.toString((long) Math.pow(10, random.nextDouble() * 15));
                    default -> oneOf(random, "0", "1e2", "0.0005", "1.", "1e-3", ".5", "100e-2", "1e", "0x1");
                };
    }

    private static double edge(Random random) {
        double edge = EDGES[random.nextInt(EDGES.length)];
        return switch (random.nextInt(4)) {
            case 0 -> edge;
            case 1 -> edge + random.nextInt(3) - 1;
            case 2 -> edge + random.nextDouble() - 0.5;
            default -> edge + (random.nextInt(41) - 20) / 10_000.0;
        };
    }

    private static String numberText(Random random) {
        double number = one(random, 3) ? edge(random) : random.nextDouble() * 5_400_000;
        String text = one(random, 2) ? Double.toString(number) : Long.toString((long) number);
        return oneOf(random, "", "", " ", "\t", "+") + text + oneOf(random, "", "", " ", "\n", "x", "e0");
    }

    private static String dateTime(Random random) {
        String date = (one(random, 12) ? "-" : "")
                + padded(year(random), 4)
                + '-'
                + padded(one(random, 30) ? 13 : 1 + random.nextInt(12), 2)
                + '-'
                + padded(one(random, 3) ? 27 + random.nextInt(6) : 1 + random.nextInt(31), 2);
        return one(random, 3) ? date : date + oneOf(random, " ", " ", "T", "", "  ", " T") + clock(random);
    }

    private static int year(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(10_000);
            case 1 -> oneOf(random, 0, 1, 4712, 4713, 4714, 9998, 9999, 1900, 2000);
            default -> 1960 + random.nextInt(100);
        };
    }

    private static String clock(Random random) {
        String clock = padded(random.nextInt(25), 2) + ':' + padded(one(random, 4) ? 0 : random.nextInt(61), 2);
        if (one(random, 2)) clock += ':' + padded(random.nextInt(61), 2);
        if (clock.length() > 5 && one(random, 2)) clock += "." + padded(random.nextInt(100_000), 1 + random.nextInt(5));
        return clock
                + oneOf(random, "", "", "", "Z", " Z ", "z", " ")
                + (one(random, 6)
                        ? oneOf(random, "+", "-") + padded(random.nextInt(16), 2) + ':' + padded(random.nextInt(61), 2)
                        : "");
    }

    private static String broken(Random random, String text) {
        if (text.isEmpty()) return "?";
        int at = random.nextInt(text.length());
        String inserted = oneOf(random, "", " ", "-", "+", "0", "x", ":", ".", "é");
        return text.substring(0, at) + inserted + text.substring(random.nextBoolean() ? at : at + 1);
    }

    private static String padded(int number, int width) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    private static boolean one(Random random, int of) {
        return random.nextInt(of) == 0;
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
