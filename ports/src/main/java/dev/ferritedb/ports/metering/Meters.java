package dev.ferritedb.ports.metering;

import java.time.Duration;

/// Takes counts and durations. Cheap, never blocks, never throws. `labels` are name, value, name, value …, few in
/// number.
public interface Meters {
    Meters NONE = new Meters() {
        @Override
        public void count(String name, long amount, String... labels) {}

        @Override
        public void time(String name, Duration duration, String... labels) {}
    };

    void count(String name, long amount, String... labels);

    void time(String name, Duration duration, String... labels);
}
