/** Who did something, where a post was stood in for. */
import type { Wording } from '#kernel/refusal.ts'
import type { Directory } from '../duty.ts'

/** The acting person's name, and for whom where the post is another's. Undefined for somebody whom the directory does not know. */
export function namedAs(directory: Pick<Directory, 'posts' | 'personNames'>, personId: string, postId: string | null): Wording | undefined {
  const name = directory.personNames.get(personId)
  if (name === undefined) return undefined
  const post = directory.posts.get(postId ?? '')
  if (post === undefined || post.personId === personId) return { zh: name, en: name }
  return { zh: `${name}（代 ${post.personName}）`, en: `${name} (for ${post.personName})` }
}
