import type { Texts } from './text.ts'

const holes = (text: string): string => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].toSorted().join()

/**
 * What is wrong with a catalogue: a key in one language only, holes that differ, English left in Chinese or the reverse. `selfNames` are keys
 * that name a language in its own script.
 */
export function textFaults({ zh, en }: Texts, selfNames: readonly string[] = []): string[] {
  const keys = [...new Set([...Object.keys(zh), ...Object.keys(en)])]
  return keys.flatMap((key) => {
    const [chinese = '', english = ''] = [zh[key], en[key]]
    if (!chinese || !english) return [`${key} is in one language only`]
    const faults = holes(chinese) === holes(english) ? [] : [`${key} has other holes in English`]
    if (selfNames.includes(key)) return faults
    if (/\p{Script=Han}/u.test(english)) faults.push(`${key} has Chinese in its English`)
    // Names of things and single keys stay as they are everywhere.
    if (/[A-Za-z]{2,}/.test(chinese.replace(/\{\w+\}|OpenStreetMap|ODbL/g, ''))) faults.push(`${key} has English in its Chinese`)
    return faults
  })
}
