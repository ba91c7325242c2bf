package dev.ferritedb.ports.record;

@FunctionalInterface
public interface RowVisitor {
    void visit(Row row);
}
