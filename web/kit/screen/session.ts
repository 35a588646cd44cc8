/** Who is signed in, and what the screens may offer them. The server asks again for every act. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, shallowRef } from 'vue'
import { showMe, signOut, type Me } from '#contexts/people/contract.ts'
import { call, onSignedOut, Problem, Unreachable } from '../call.ts'
import { toast } from '../parts/toast.ts'
import { language, textIn } from '../text.ts'
import { kitWords } from '../words.ts'
import { forgetDrafts } from './draft.ts'

const meKey = ['me'] as const
/** True after the server forgot us in the middle of the work; the page stays, and asks for the password over it. */
export const signedOut = shallowRef(false)
onSignedOut(() => (signedOut.value = true))

export function useMe() {
  const query = useQuery({ queryKey: meKey, queryFn: () => call(showMe, {}), staleTime: 300_000 })
  const unknown = computed(() => query.error.value instanceof Problem && query.error.value.status === 401)
  return { ...query, unknown }
}

/** The signed-in person; only inside SessionGate, which has asked already. */
export function usePerson() {
  const { data } = useMe()
  const may = (permission: string): boolean => data.value?.rights.some((right) => right.permission === permission) ?? false
  const holds = (role: string): boolean => data.value?.posts.some((post) => post.role === role) ?? false
  /** Widest area that the posts cover, as a code; `''` is everywhere. */
  const areaCode = computed(() => widestArea(data.value))
  return { me: data, may, holds, areaCode }
}

function widestArea(me: Me | undefined): string {
  const codes = (me?.posts ?? []).map((post) => post.areaCode)
  return codes.toSorted((a, b) => a.length - b.length)[0] ?? ''
}

/** Forgets everything on the screen and reads it again, after somebody signed in. */
export function useSignedIn() {
  const client = useQueryClient()
  return async (): Promise<void> => {
    signedOut.value = false
    await client.invalidateQueries()
  }
}

/** Ends the session and leaves nothing of it on the screen. Where nobody answers, says so and stays: the session would still be open. */
export async function leave(): Promise<void> {
  const error: unknown = await call(signOut, {}).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Unreachable) return toast(textIn(kitWords, language.value)('offlineTitle'))
  forgetDrafts()
  window.location.reload()
}
