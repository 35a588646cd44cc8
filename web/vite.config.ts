import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite'

const checkout = fileURLToPath(new URL('..', import.meta.url))
const addresses = { command: '/desk/', field: '/field/' } as const
type App = keyof typeof addresses

/** What an operation and its fields are for stands in the API's description. No screen reads it, so no phone loads it. */
const leaveDescriptions: Plugin = {
  name: 'leave-descriptions',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/contract.ts')
      ? code.replace(/\n\s*summary:\s*'[^'\n]*',/g, "\n  summary: '',").replace(/\s*\.describe\(\s*'[^'\n]*',?\s*\)/g, '')
      : undefined,
}

/** One app: its pages under its own address, its files under web/dist/<app>. */
function appConfig(app: App): InlineConfig {
  return {
    configFile: false,
    root: `${checkout}web/${app}`,
    base: addresses[app],
    plugins: [vue(), leaveDescriptions],
    // Nothing here uses Vue's options API; without it every phone loads 4 kB less.
    define: { __VUE_OPTIONS_API__: 'false' },
    // Screens use contracts for addresses and types only; the server does the checking. A stand-in keeps 20 kB of Zod away from phones.
    resolve: { alias: [{ find: /^zod$/, replacement: `${checkout}web/kit/schema-stand-in.ts` }] },
    build: {
      outDir: `${checkout}web/dist/${app}`,
      emptyOutDir: true,
      manifest: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      // So a contract that an app never calls leaves nothing behind.
      rolldownOptions: { treeshake: { manualPureFunctions: ['z', 'endpoint'] } },
    },
  }
}

/** `vite build` makes both apps; `vite --mode field` serves one of them for development in front of a running server. */
export default defineConfig(({ command, mode }) => {
  if (command === 'serve') {
    const proxy = Object.fromEntries(['/api', '/map', '/assets'].map((path) => [path, 'http://localhost:8080']))
    return { ...appConfig(mode === 'field' ? 'field' : 'command'), server: { proxy } }
  }
  return {
    builder: {
      buildApp: async ({ config, environments }) => {
        for (const app of Object.keys(addresses) as App[]) await build({ ...appConfig(app), logLevel: config.logLevel })
        // Otherwise Vite would go on to build this very folder as a third app.
        for (const environment of Object.values(environments)) environment.isBuilt = true
      },
    },
  }
})
