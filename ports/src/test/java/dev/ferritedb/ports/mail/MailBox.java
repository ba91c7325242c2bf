package dev.ferritedb.ports.mail;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An outbox that keeps what is posted, as it was written, for tests to read.
public final class MailBox implements Outbox {
    private static final Pattern TOKEN = Pattern.compile("/#/auth/[a-z-]+/([\\w.-]+)");

    private final List<MailMessage> messages = new CopyOnWriteArrayList<>();

    @Override
    public void post(Supplier<MailMessage> mail) {
        messages.add(mail.get());
    }

    @Override
    public void sendNow(MailMessage message) {
        messages.add(message);
    }

    /// All so far, oldest first.
    public List<MailMessage> messages() {
        return List.copyOf(messages);
    }

    public List<MailMessage> to(String address) {
        return messages.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /// The token of the link in the newest mail to `address`.
    public String token(String address) {
        Matcher link = TOKEN.matcher(to(address).getLast().html());
        if (!link.find()) throw new AssertionError("no link in the newest mail to " + address);
        return link.group(1);
    }

    public void clear() {
        messages.clear();
    }

    @Override
    public void close() {}
}
