package dev.ferritedb.cli;

import dev.ferritedb.cli.terminal.CommandFailure;
import dev.ferritedb.cli.terminal.Table;
import dev.ferritedb.ports.problem.FieldProblem;
import dev.ferritedb.ports.problem.PortFailure;
import dev.ferritedb.ports.problem.Problem;
import dev.ferritedb.ports.problem.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;

/// What went wrong, in one line.
final class ErrorLine {
    private ErrorLine() {}

    static String of(Throwable failure) {
        String message = switch (failure) {
            case Refusal refusal -> of(refusal.problem());
            case CommandFailure expected -> said(expected);
            case PortFailure broken -> said(broken);
            case UncheckedIOException broken when broken.getCause() != null -> ofIo(broken.getCause());
            case IOException broken -> ofIo(broken);
            default ->
                "internal error, " + failure.getClass().getSimpleName() + ": " + said(failure)
                        + " (--debug shows where)";
        };
        return firstLine(message);
    }

    static String of(Problem problem) {
        return switch (problem) {
            case Problem.Invalid(String code, String message, List<FieldProblem> fields) ->
                fields.isEmpty()
                        ? message + " [" + code + "]"
                        : withoutStop(message) + ": "
                                + fields.stream().map(ErrorLine::of).collect(Collectors.joining("; "));
            case Problem.NotFound _,
                    Problem.Forbidden _,
                    Problem.Unauthenticated _,
                    Problem.Conflict _,
                    Problem.Outdated _,
                    Problem.TooLarge _,
                    Problem.RateLimited _,
                    Problem.Unavailable _ -> problem.message() + " [" + problem.code() + "]";
        };
    }

    private static String of(FieldProblem field) {
        return String.join(".", field.path()) + ": " + withoutStop(field.message()) + " [" + field.code() + "]";
    }

    private static String ofIo(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case AccessDeniedException denied -> "no permission to use " + denied.getFile();
            case FileSystemException broken -> "can't use " + said(broken);
            default -> said(failure);
        };
    }

    /// Its message, in one line.
    static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : firstLine(message);
    }

    private static String withoutStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /// @return `message` as one printable line
    static String firstLine(String message) {
        return Table.printable(message.lines().findFirst().orElse(""));
    }
}
