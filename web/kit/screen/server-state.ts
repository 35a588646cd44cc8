/** One client for the server's state in an app. */
import { QueryClient } from '@tanstack/vue-query'
import { Problem } from '../call.ts'

/** Refusals are answers and are not repeated; a silent network is tried twice more. Reachability comes from our own requests, not from the browser. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 503),
        retryDelay: (count) => 800 * 2 ** count,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
