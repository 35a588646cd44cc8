import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A part of the bench in a process of its own, which answers one question at a time. */
export interface Child {
  ask<R>(question: object): Promise<R>
  end(): Promise<void>
}

/** Starts `bench/<file>` and waits until it says that it is ready. */
export async function startChild(file: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  await answerOf(child)
  return {
    ask: async <R>(question: object) => {
      const answer = answerOf<R>(child)
      child.send(question)
      return answer
    },
    end: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

function answerOf<R>(child: ChildProcess): Promise<R> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a part of the bench ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as R)
    })
  })
}

/** In the child: says that it is ready and answers questions until the parent lets go. */
export function answer<Q extends object, R extends object>(
  reply: (question: Q) => R | Promise<R>,
  leave: () => Promise<void> = async () => undefined,
): void {
  process.on('message', (question) => void Promise.resolve(reply(question as Q)).then((found) => process.send?.(found)))
  process.once('disconnect', () => void leave().finally(() => process.exit(0)))
  process.send?.({})
}
