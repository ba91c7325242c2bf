package dev.ferritedb.oauth2;

import dev.ferritedb.ports.identity.ProviderUser.EmailStanding;
import java.util.List;

/// How a provider says that an e-mail is its user's.
sealed interface EmailProof {
    EmailStanding standing(Told user);

    /// Each of the members must be `true`: a text, even "true", is no proof.
    record Stated(List<String> paths) implements EmailProof {
        @Override
        public EmailStanding standing(Told user) {
            if (paths.stream().allMatch(path -> user.at(path).isTrue())) return EmailStanding.VERIFIED;
            boolean silent =
                    paths.stream().allMatch(path -> user.at(path).text().isEmpty());
            return silent ? EmailStanding.UNKNOWN : EmailStanding.UNVERIFIED;
        }
    }

    /// The member holds when the address was confirmed.
    record Dated(String path) implements EmailProof {
        @Override
        public EmailStanding standing(Told user) {
            return user.at(path).text().isEmpty() ? EmailStanding.UNVERIFIED : EmailStanding.VERIFIED;
        }
    }

    enum Known implements EmailProof {
        /// The provider documents that it tells confirmed addresses alone.
        ALWAYS(EmailStanding.VERIFIED),
        /// The provider says nothing, or that it does not know.
        NEVER(EmailStanding.UNKNOWN);

        private final EmailStanding standing;

        Known(EmailStanding standing) {
            this.standing = standing;
        }

        @Override
        public EmailStanding standing(Told user) {
            return standing;
        }
    }

    static EmailProof stated(String... paths) {
        return new Stated(List.of(paths));
    }
}
