/** Roles that are held by a key or a link and never by a person. */

/** The role that a key of a department's system gives. It is held through keys only, never by a person. */
export const keyRole = 'department_system'

/** The role of a wall that a link opened. */
export const screenRole = 'wall_screen'

/** Roles that no person is appointed to. */
export const rolesOfThings: readonly string[] = [keyRole, screenRole]
