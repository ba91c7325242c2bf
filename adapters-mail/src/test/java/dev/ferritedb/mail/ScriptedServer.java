package dev.ferritedb.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// An SMTP server that says yes to everything but one command: what a friendly server never does.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String command;
    private final String answer;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ScriptedServer(String command, String answer) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.command = command;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedServer answering(String command, String answer) throws IOException {
        return new ScriptedServer(command, answer);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// What was said to it.
    List<String> lines() {
        return lines;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException closed) {
                // Either side hung up.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 ready");
        boolean inMail = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (inMail) {
                inMail = !line.equals(".");
                if (!inMail) say(client, "250 taken");
                continue;
            }
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            if (verb.equals(command)) {
                say(client, answer);
                if (answer.startsWith("421")) return;
            } else {
                inMail = verb.equals("DATA");
                say(client, inMail ? "354 go on" : verb.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
