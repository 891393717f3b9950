package io.maestream.trainer.dashboard;

import java.util.List;

/**
 * The trainers of a run, as the brokers see them.
 *
 * @param members in the order of their names
 */
record Group(List<Member> members) {

    static final Group UNKNOWN = new Group(List.of());

    Group {
        members = List.copyOf(members);
    }

    /**
     * A trainer.
     *
     * @param name what it calls itself
     * @param host where its connection comes from
     * @param active whether the partitions are its
     */
    record Member(String name, String host, boolean active) {}
}
