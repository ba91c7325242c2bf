package dev.ferritedb.kernel.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A regular expression read backwards: it makes texts that match it. Knows literals, escapes, classes, groups,
/// alternatives and the counts `?`, `*`, `+`, `{n}`, `{n,m}`; an open count makes 10 more at the most. Counts that
/// multiply to more than some 100,000 characters are refused.
public final class AutogeneratePattern {
    private static final int OPEN_COUNT_MAX = 10;
    private static final int COUNT_MAX = 1000;
    private static final long WORK_MAX = 100_000;
    private static final String WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    private static final String PRINTABLE = printable();

    private final Part part;

    private AutogeneratePattern(Part part) {
        this.part = part;
    }

    /// @throws IllegalArgumentException when it is no expression of that kind
    public static AutogeneratePattern of(String expression) {
        var reader = new Reader(expression);
        Part part = reader.alternatives();
        if (!reader.atEnd()) throw new IllegalArgumentException("an unopened ')' at " + reader.at);
        if (part.work() > WORK_MAX) throw new IllegalArgumentException("it makes texts that are too long");
        return new AutogeneratePattern(part);
    }

    public String generate(RandomGenerator random) {
        var text = new StringBuilder();
        part.append(text, random);
        return text.toString();
    }

    private interface Part {
        void append(StringBuilder text, RandomGenerator random);

        /// Steps that [#append] takes at the most, characters among them; capped above [#WORK_MAX].
        long work();
    }

    private record OneOf(String characters) implements Part {
        @Override
        public void append(StringBuilder text, RandomGenerator random) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }

        @Override
        public long work() {
            return 1;
        }
    }

    private record Sequence(List<Part> parts) implements Part {
        @Override
        public void append(StringBuilder text, RandomGenerator random) {
            for (Part part : parts) part.append(text, random);
        }

        @Override
        public long work() {
            return Math.min(1 + parts.stream().mapToLong(Part::work).sum(), WORK_MAX + 1);
        }
    }

    private record Alternatives(List<Part> parts) implements Part {
        @Override
        public void append(StringBuilder text, RandomGenerator random) {
            parts.get(random.nextInt(parts.size())).append(text, random);
        }

        @Override
        public long work() {
            return 1 + parts.stream().mapToLong(Part::work).max().orElse(0);
        }
    }

    private record Repeated(Part part, int min, int max) implements Part {
        @Override
        public void append(StringBuilder text, RandomGenerator random) {
            int count = min == max ? min : random.nextInt(min, max + 1);
            for (int i = 0; i < count; i++) part.append(text, random);
        }

        @Override
        public long work() {
            return Math.min(1 + max * part.work(), WORK_MAX + 1);
        }
    }

    private static final class Reader {
        private final String expression;
        private int at;
        private int depth;

        Reader(String expression) {
            this.expression = expression;
        }

        boolean atEnd() {
            return at == expression.length();
        }

        Part alternatives() {
            if (++depth > 16) throw new IllegalArgumentException("groups nest too deep");
            var alternatives = new ArrayList<Part>();
            alternatives.add(sequence());
            while (!atEnd() && expression.charAt(at) == '|') {
                at++;
                alternatives.add(sequence());
            }
            depth--;
            return alternatives.size() == 1 ? alternatives.getFirst() : new Alternatives(List.copyOf(alternatives));
        }

        private Part sequence() {
            var parts = new ArrayList<Part>();
            while (!atEnd() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
                char c = expression.charAt(at);
                boolean anchor = (c == '^' && at == 0) || (c == '$' && at == expression.length() - 1);
                if (anchor) at++;
                else parts.add(counted(single()));
            }
            return parts.size() == 1 ? parts.getFirst() : new Sequence(List.copyOf(parts));
        }

        private Part single() {
            char c = next();
            return switch (c) {
                case '(' -> {
                    if (expression.startsWith("?:", at)) at += 2;
                    Part group = alternatives();
                    if (atEnd()) throw new IllegalArgumentException("an unclosed '('");
                    at++;
                    yield group;
                }
                case '[' -> new OneOf(characterClass());
                case '.' -> new OneOf(PRINTABLE);
                case '\\' -> new OneOf(escaped());
                case '*', '+', '?', '{' -> throw new IllegalArgumentException("nothing to repeat at " + (at - 1));
                default -> new OneOf(String.valueOf(c));
            };
        }

        private Part counted(Part part) {
            if (atEnd()) return part;
            return switch (expression.charAt(at)) {
                case '?' -> repeated(part, 0, 1);
                case '*' -> repeated(part, 0, OPEN_COUNT_MAX);
                case '+' -> repeated(part, 1, OPEN_COUNT_MAX);
                case '{' -> braces(part);
                default -> part;
            };
        }

        private Part repeated(Part part, int min, int max) {
            at++;
            return new Repeated(part, min, max);
        }

        private Part braces(Part part) {
            int end = expression.indexOf('}', at);
            if (end < 0) throw new IllegalArgumentException("an unclosed '{'");
            String[] bounds = expression.substring(at + 1, end).split(",", -1);
            at = end + 1;
            int min = count(bounds[0]);
            int max = bounds.length == 1 ? min : bounds[1].isEmpty() ? min + OPEN_COUNT_MAX : count(bounds[1]);
            if (bounds.length > 2 || max < min)
                throw new IllegalArgumentException("not a count: {" + String.join(",", bounds) + "}");
            return new Repeated(part, min, max);
        }

        private static int count(String digits) {
            if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("not a count: " + digits);
            }
            int count = Integer.parseInt(digits);
            if (count > COUNT_MAX) throw new IllegalArgumentException("a count above " + COUNT_MAX);
            return count;
        }

        private String characterClass() {
            boolean negated = !atEnd() && expression.charAt(at) == '^';
            if (negated) at++;
            var members = new StringBuilder();
            while (true) {
                char c = next();
                if (c == ']') break;
                String from = c == '\\' ? escaped() : String.valueOf(c);
                boolean range =
                        from.length() == 1 && expression.startsWith("-", at) && !expression.startsWith("-]", at);
                if (!range) {
                    members.append(from);
                    continue;
                }
                at++;
                char to = next();
                if (to == '\\') to = escaped().charAt(0);
                if (to < from.charAt(0)) throw new IllegalArgumentException("a range that runs backwards");
                for (char member = from.charAt(0); member <= to && members.length() < 1024; member++)
                    members.append(member);
            }
            String characters = negated ? without(members.toString()) : members.toString();
            if (characters.isEmpty()) throw new IllegalArgumentException("an empty class");
            return characters;
        }

        private String escaped() {
            char c = next();
            return switch (c) {
                case 'd' -> "0123456789";
                case 'w' -> WORD;
                case 's' -> " ";
                case 'D' -> without("0123456789");
                case 'W' -> without(WORD);
                case 'S' -> without(" ");
                default -> {
                    if (Character.isLetterOrDigit(c)) throw new IllegalArgumentException("an unknown escape \\" + c);
                    yield String.valueOf(c);
                }
            };
        }

        private char next() {
            if (atEnd()) throw new IllegalArgumentException("it ends too early");
            return expression.charAt(at++);
        }

        private static String without(String characters) {
            var rest = new StringBuilder();
            PRINTABLE.chars().filter(c -> characters.indexOf(c) < 0).forEach(c -> rest.append((char) c));
            return rest.toString();
        }
    }

    private static String printable() {
        var characters = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) characters.append(c);
        return characters.toString();
    }
}
