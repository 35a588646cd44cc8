import { signInSettings } from './settings.ts'

export type PasswordFault = 'tooShort' | 'tooLong' | 'tooFewKinds' | 'containsLogin'

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** Why a new password is refused, or undefined when it is good: its length, three of four kinds of character, and not the login. */
export function passwordFault(password: string, login: string): PasswordFault | undefined {
  const length = Array.from(password).length
  if (length < signInSettings.passwordMinLength) return 'tooShort'
  if (length > signInSettings.passwordMaxLength) return 'tooLong'
  if (password.toLowerCase().includes(login.toLowerCase())) return 'containsLogin'
  return kinds.filter((kind) => kind.test(password)).length < signInSettings.passwordKinds ? 'tooFewKinds' : undefined
}
