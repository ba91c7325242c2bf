package dev.ferritedb.ports.audit;

import java.util.List;

/// @param total how many entries there are on all pages, -1 when not counted
public record AuditPage(List<AuditEntry> entries, long total) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
