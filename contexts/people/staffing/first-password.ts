import { passwordFault } from '../sign-in/password-rule.ts'

// Without letters and digits that look alike on paper or are misheard on the telephone.
const letters = 'abcdefghjkmnpqrstuvwxyz'
const digits = '23456789'
type Pick = (below: number) => number

/**
 * A password for somebody's first sign-in, such as `kfr7-wpa3-xnd9-bte4`: 66 random bits in groups that can be read out. `pick` gives a
 * whole number from 0 to just below its argument.
 */
export function firstPassword(login: string, pick: Pick): string {
  const one = (signs: string): string => signs.charAt(pick(signs.length))
  const group = (): string => one(letters) + one(letters) + one(letters) + one(digits)
  for (;;) {
    const password = [group(), group(), group(), group()].join('-')
    // A short login may stand in it by chance.
    if (passwordFault(password, login) === undefined) return password
  }
}
