package dev.ferritedb.kernel.settings;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The syntax of cron expressions: five fields, or a name for some. Source: the wire contract, section 14, crons.
final class CronExpression {
    private static final Set<String> NAMED =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final int[] LEAST = {0, 0, 1, 1, 0};
    private static final int[] MOST = {59, 23, 31, 12, 6};
    private static final Pattern PART = Pattern.compile("(?:\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");

    private CronExpression() {}

    static boolean isValid(String text) {
        if (NAMED.contains(text)) return true;
        String[] fields = text.strip().split(" +", -1);
        if (fields.length != LEAST.length) return false;
        for (int i = 0; i < fields.length; i++) {
            for (String part : fields[i].split(",", -1)) {
                if (!isPart(part, LEAST[i], MOST[i])) return false;
            }
        }
        return true;
    }

    private static boolean isPart(String text, int least, int most) {
        Matcher part = PART.matcher(text);
        if (!part.matches()) return false;
        boolean single = part.group(1) != null && part.group(2) == null;
        if (part.group(3) != null && (single || !isWithin(part.group(3), 1, most))) return false;
        if (part.group(1) == null) return true;
        if (!isWithin(part.group(1), least, most)) return false;
        return single || isWithin(part.group(2), Integer.parseInt(part.group(1)), most);
    }

    private static boolean isWithin(String number, int least, int most) {
        int value = Integer.parseInt(number);
        return value >= least && value <= most;
    }
}
