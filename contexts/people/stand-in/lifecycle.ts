/** Longest stand-in, both days counted. Whoever is away for longer needs a successor and not a stand-in. */
export const STAND_IN_MOST_DAYS = 60

/** Roles whose work can be handed over: those that handle, inspect, dispatch and supervise. */
export const stoodInRoles: readonly string[] = ['grid_worker', 'handler', 'inspector', 'dispatcher', 'supervisor']
