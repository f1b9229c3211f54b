package allmende.app.projects;

import allmende.engine.store.SideTables;

/** The parts of this module put together. */
record Desks(
        ProjectDesk desk,
        Dispatch dispatch,
        DeliveryTables deliveries,
        Withdrawals withdrawals,
        BuildRunner runner,
        Watcher watcher)
        implements AutoCloseable {

    /**
     * What depends on the other modules.
     *
     * @param requests reads requests
     * @param sealer encrypts
     * @param permission judges consents again
     */
    record Tools(Requests requests, Sealer sealer, Permission permission) {}

    static Desks of(BuildRunner.Parts parts, SideTables tables, Tools tools) {
        DeliveryTables deliveries = new DeliveryTables(tables.dataSource());
        Stops stops = new Stops();
        Withdrawals withdrawals = new Withdrawals(parts, deliveries, tools.permission(), stops);
        BuildRunner runner = new BuildRunner(parts, stops, withdrawals);
        ProjectDesk desk = new ProjectDesk(parts, tools.requests(), runner);
        Handover handover = new Handover(() -> parts.site().data().store());
        Dispatch dispatch =
                new Dispatch(parts, desk, deliveries, new Dispatch.Ways(tools.sealer(), stops, withdrawals, handover));
        return new Desks(desk, dispatch, deliveries, withdrawals, runner, new Watcher(runner, withdrawals, dispatch));
    }

    /** Goes on with what was under way, and begins to follow. */
    void start() {
        watcher.start();
    }

    @Override
    public void close() {
        watcher.close();
        runner.close();
    }
}
