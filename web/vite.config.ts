import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, defineConfig, type InlineConfig, type Plugin, type Rolldown } from 'vite'

type Expression = NonNullable<ReturnType<Rolldown.PluginContext['parse']>['body'][number] & { type: 'ExpressionStatement' }>['expression']

const checkout = fileURLToPath(new URL('..', import.meta.url))
const addresses = { command: '/desk/', field: '/field/' } as const
type App = keyof typeof addresses

/** What a screen reads of a contract. Shapes and sentences are the server's, and every phone loads 7 kB less without them. */
const readByScreens: ReadonlySet<string> = new Set(['id', 'method', 'path', 'permission'])
const contractsForScreens: Plugin = {
  name: 'contracts-for-screens',
  transform: {
    filter: { id: /contract\.ts$/ },
    handler(code) {
      const made = this.parse(code).body.flatMap((statement) => {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
        return declaration?.type === 'VariableDeclaration' ? declaration.declarations.flatMap(({ init }) => (init ? [init] : [])) : []
      })
      // From the end, so that what was found before stays where it is.
      return made.toReversed().reduce((rest, value) => rest.slice(0, value.start) + forScreens(value, code) + rest.slice(value.end), code)
    },
  },
}

/** A contract without its shapes; a shape itself becomes the stand-in for Zod; anything else stays as it is written. */
function forScreens(value: Expression, code: string): string {
  const written = code.slice(value.start, value.end)
  if (value.type !== 'CallExpression') return written
  const [parts] = value.arguments
  if (rootOf(value) !== 'endpoint' || parts?.type !== 'ObjectExpression') return /^(z|[A-Z]\w*)$/.test(rootOf(value)) ? 'z' : written
  const kept = parts.properties.filter((part) => part.type === 'Property' && part.key.type === 'Identifier' && readByScreens.has(part.key.name))
  return `endpoint({ ${kept.map(({ start, end }) => code.slice(start, end)).join(', ')} })`
}

/** The name at the left of `z.object(…).extend(…)`. */
function rootOf(value: Expression): string {
  if (value.type === 'CallExpression') return rootOf(value.callee as Expression)
  if (value.type === 'MemberExpression') return rootOf(value.object as Expression)
  return value.type === 'Identifier' ? value.name : ''
}

/** One app: its pages under its own address, its files under web/dist/<app>. */
function appConfig(app: App): InlineConfig {
  return {
    configFile: false,
    root: `${checkout}web/${app}`,
    base: addresses[app],
    plugins: [vue(), contractsForScreens],
    // Nothing here uses Vue's options API; without it every phone loads 4 kB less.
    define: { __VUE_OPTIONS_API__: 'false' },
    // Screens use contracts for addresses and types only; the server does the checking. A stand-in keeps 20 kB of Zod away from phones.
    resolve: { alias: [{ find: /^zod$/, replacement: `${checkout}web/kit/schema-stand-in.ts` }] },
    build: {
      outDir: `${checkout}web/dist/${app}`,
      emptyOutDir: true,
      manifest: true,
      target: 'es2023',
      // Charts are one late chunk; what may be how large is in tools/budgets.ts.
      chunkSizeWarningLimit: 1000,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // So a contract that an app never calls leaves nothing behind, nor do the tables of rules that it reads.
        treeshake: { manualPureFunctions: ['z', 'endpoint'], moduleSideEffects: [{ test: /\/(contexts|kernel)\/.*\.ts$/, sideEffects: false }] },
        // The first script names every late one, and readable names would weigh 1.5 kB more.
        output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' },
      },
    },
  }
}

/** The map of the portal: one file without a page of its own; the portal itself is made by the server. */
const placeMap: InlineConfig = {
  configFile: false,
  root: `${checkout}web/kit/map`,
  base: '/assets/',
  build: {
    outDir: `${checkout}web/dist/resident`,
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    modulePreload: false,
    // One file is what is wanted here; tools/budgets.ts weighs it.
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: `${checkout}web/kit/map/place-map.ts`, output: { entryFileNames: 'place-map.js' } },
  },
}

/** `vite build` makes both apps and the portal's map; `vite --mode field` serves one of them for development in front of a running server. */
export default defineConfig(({ command, mode }) => {
  if (command === 'serve') {
    const proxy = Object.fromEntries(['/api', '/map', '/assets'].map((path) => [path, 'http://localhost:8080']))
    return { ...appConfig(mode === 'field' ? 'field' : 'command'), server: { proxy } }
  }
  return {
    builder: {
      buildApp: async ({ config, environments }) => {
        for (const app of Object.keys(addresses) as App[]) await build({ ...appConfig(app), logLevel: config.logLevel })
        await build({ ...placeMap, logLevel: config.logLevel })
        // Otherwise Vite would go on to build this very folder as a third app.
        for (const environment of Object.values(environments)) environment.isBuilt = true
      },
    },
  }
})
