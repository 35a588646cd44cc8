/** A key in groups that can be copied by hand. */
export function groupsOfFour(key: string): string {
  return key.replace(/(.{4})(?=.)/g, '$1 ')
}
