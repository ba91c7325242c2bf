package dev.ferritedb.identity;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A hash in its textual form: Argon2id as PHC text, or bcrypt as systems elsewhere store it.
sealed interface StoredHash {
    /// Dear: this is the whole cost of a sign-in.
    ///
    /// @param memory to work in, for one thread at a time
    boolean matches(byte[] password, BlockPool memory);

    /// @return empty when `text` is neither, or costs more than is allowed
    static Optional<StoredHash> read(String text) {
        if (text.length() > 512) return Optional.empty();
        return text.startsWith("$argon2id$") ? Argon2id.read(text) : Bcrypt.read(text);
    }

    final class Argon2id implements StoredHash {
        private static final Pattern FORM = Pattern.compile(
                "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

        private static final int SCRATCH_BLOCKS = 16;

        private final Argon2idCost cost;
        private final byte[] salt;
        private final byte[] hash;

        private Argon2id(Argon2idCost cost, byte[] salt, byte[] hash) {
            this.cost = cost;
            this.salt = salt;
            this.hash = hash;
        }

        /// How many blocks of memory a hash of that cost works in, those for addresses and scratch included.
        static int blocks(Argon2idCost cost) {
            return Argon2BytesGenerator.getBlockCount(cost.memoryKib(), cost.parallelism()) + SCRATCH_BLOCKS;
        }

        static Argon2id of(byte[] password, byte[] salt, Argon2idCost cost, BlockPool memory) {
            return new Argon2id(cost, salt, derived(password, salt, cost, 32, memory));
        }

        static Optional<StoredHash> read(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) return Optional.empty();
            try {
                var cost = new Argon2idCost(whole(form.group(1)), whole(form.group(2)), whole(form.group(3)));
                byte[] salt = Base64.getDecoder().decode(form.group(4));
                byte[] hash = Base64.getDecoder().decode(form.group(5));
                return Optional.of(new Argon2id(cost, salt, hash));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }

        private static int whole(String digits) {
            return Integer.parseInt(digits);
        }

        @Override
        public boolean matches(byte[] password, BlockPool memory) {
            byte[] candidate = derived(password, salt, cost, hash.length, memory);
            return MessageDigest.isEqual(candidate, hash);
        }

        private static byte[] derived(byte[] password, byte[] salt, Argon2idCost cost, int length, BlockPool memory) {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.iterations())
                    .withParallelism(cost.parallelism())
                    .withSalt(salt)
                    .withBlockPool(memory)
                    .build());
            byte[] derived = new byte[length];
            generator.generateBytes(password, derived);
            return derived;
        }

        String text() {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                    + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        }
    }

    final class Bcrypt implements StoredHash {
        /// Cost 15 takes seconds; nobody stores more.
        private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");

        /// bcrypt reads no further than this.
        private static final int PASSWORD_MAX_BYTES = 72;

        private final String text;

        private Bcrypt(String text) {
            this.text = text;
        }

        static Optional<StoredHash> read(String text) {
            return FORM.matcher(text).matches() ? Optional.of(new Bcrypt(text)) : Optional.empty();
        }

        @Override
        public boolean matches(byte[] password, BlockPool memory) {
            byte[] read = password.length > PASSWORD_MAX_BYTES ? Arrays.copyOf(password, PASSWORD_MAX_BYTES) : password;
            try {
                return OpenBSDBCrypt.checkPassword(text, read) && read.length == password.length;
            } catch (DataLengthException | IllegalArgumentException unreadable) {
                return false;
            }
        }
    }
}
