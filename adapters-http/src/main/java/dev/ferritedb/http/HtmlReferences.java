package dev.ferritedb.http;

import java.util.HashMap;
import java.util.Map;

/// What stands between `&` and `;` in HTML: a number, or one of the names that editors write.
final class HtmlReferences {
    /// Of a reference, with its `&` and `;`.
    static final int LENGTH_MAX = 16;

    private static final int REPLACEMENT = 0xfffd;
    private static final String FROM_160 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg"
                    + " macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave"
                    + " Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde"
                    + " Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute"
                    + " acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve"
                    + " oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    private static final String FROM_913 = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi"
            + " Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega";
    private static final String FROM_945 = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi"
            + " omicron pi rho sigmaf sigma tau upsilon phi chi psi omega";
    private static final Map<String, Integer> NAMED = named();

    private HtmlReferences() {}

    private static Map<String, Integer> named() {
        var named = new HashMap<String, Integer>(Map.of("amp", 38, "lt", 60, "gt", 62, "quot", 34, "apos", 39));
        inSequence(160, FROM_160, named);
        inSequence(913, FROM_913, named);
        inSequence(945, FROM_945, named);
        String others = "OElig 338 oelig 339 Scaron 352 scaron 353 Yuml 376 fnof 402 circ 710 tilde 732 ensp 8194"
                + " emsp 8195 thinsp 8201 zwnj 8204 zwj 8205 lrm 8206 rlm 8207 ndash 8211 mdash 8212 lsquo 8216"
                + " rsquo 8217 sbquo 8218 ldquo 8220 rdquo 8221 bdquo 8222 dagger 8224 Dagger 8225 bull 8226"
                + " hellip 8230 permil 8240 prime 8242 Prime 8243 lsaquo 8249 rsaquo 8250 euro 8364 trade 8482"
                + " larr 8592 uarr 8593 rarr 8594 darr 8595 harr 8596 part 8706 prod 8719 sum 8721 minus 8722"
                + " radic 8730 infin 8734 int 8747 asymp 8776 ne 8800 equiv 8801 le 8804 ge 8805";
        String[] words = others.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) named.put(words[i], Integer.valueOf(words[i + 1]));
        return Map.copyOf(named);
    }

    private static void inSequence(int first, String names, Map<String, Integer> named) {
        int point = first;
        for (String name : names.split(" ", -1)) named.put(name, point++);
    }

    /// @param name between `&` and `;`
    /// @return -1 when it means nothing
    static int codePoint(String name) {
        if (!name.startsWith("#")) return NAMED.getOrDefault(name, -1);
        boolean hexadecimal = name.startsWith("x", 1) || name.startsWith("X", 1);
        try {
            int point = Integer.parseUnsignedInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            boolean sound = Character.isValidCodePoint(point) && point != 0 && (point < 0xd800 || point > 0xdfff);
            return sound ? point : REPLACEMENT;
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }
}
