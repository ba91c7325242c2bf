package dev.ferritedb.oauth2;

import java.util.List;
import java.util.Optional;

/// Where a provider lists all e-mails of a user, and how it says which is the main one, and confirmed.
///
/// @param address of the list: what starts with `/` comes after the user's own, anything else takes the place of
/// its last part
/// @param items the path to the list in the answer
/// @param confirmedAs what the member at `confirmed` must hold
record EmailList(String address, String items, String email, String primary, String confirmed, String confirmedAs) {
    private static final int ASKED_MAX = 100;

    /// As GitHub has it, and who follows it.
    static final EmailList LIKE_GITHUB = new EmailList("/emails", "", "email", "primary", "verified", "true");

    String url(String userInfoUrl) {
        return address.startsWith("/")
                ? userInfoUrl + address
                : userInfoUrl.substring(0, userInfoUrl.lastIndexOf('/') + 1) + address;
    }

    /// @return the main address, if it is confirmed
    Optional<String> confirmedMain(Told answer) {
        List<Told> all = answer.at(items).items();
        return all.stream()
                .limit(ASKED_MAX)
                .filter(entry -> isMain(entry.at(primary)))
                .filter(entry -> entry.at(confirmed).text().equals(confirmedAs)
                        && (!confirmedAs.equals("true") || entry.at(confirmed).isTrue()))
                .map(entry -> entry.at(email).text())
                .filter(address -> !address.isEmpty())
                .findFirst();
    }

    private static boolean isMain(Told member) {
        return member.isTrue()
                || member.items().stream().anyMatch(scope -> scope.text().equals("primary"));
    }
}
