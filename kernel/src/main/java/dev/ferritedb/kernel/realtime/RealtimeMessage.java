package dev.ferritedb.kernel.realtime;

import java.util.Objects;

/// One event on its way to a client.
///
/// @param topic as the client subscribed to it, to the letter
/// @param data a JSON document, on one line; its values may be secret
public record RealtimeMessage(String topic, String data) {
    public RealtimeMessage {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(data);
    }

    int length() {
        return topic.length() + data.length();
    }

    @Override
    public String toString() {
        return "RealtimeMessage[" + topic + "]";
    }
}
