import { language, textIn } from '../text.ts'
import { kitWords } from '../words.ts'
import { toast } from './toast.ts'

/** Whether there is a clipboard to copy to: browsers give none to a page that came over plain HTTP. */
export const mayCopy = (): boolean => 'clipboard' in navigator

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast(textIn(kitWords, language.value)('copied'))
}
