// What may import what (docs/decisions, ARCHITECTURE.md). `npm run check` runs it; house/boundaries.test.ts proves that it sees the
// files and that every rule below reports a planted violation.

/** Imports go downwards only: a context may use contexts of earlier rows, never of its own row or later ones. */
const orderOfContexts = require('./contexts/order.json')

/** Files of a context with a part to play; every other file is a rule and stays pure. `intake` gathers commands, `load` and `replay` drive them from a file. */
const parts = 'store|commands|questions|reactions|routes|events|contract|index|refusals|intake|load|replay'
const test = '\\.test\\.ts$|(^|/)testing[a-z-]*\\.ts$'
const screens = '^web/(kit|command|field)/|^contexts/[^/]+/ui/'

const ruleFiles = { path: '^contexts/([^/]+)/', pathNot: `/(${parts})\\.ts$|^contexts/[^/]+/ui/|${test}` }

const upwards = orderOfContexts.flatMap((row, rank) =>
  row.map((name) => {
    const above = orderOfContexts
      .slice(rank)
      .flat()
      .filter((other) => other !== name)
    return {
      name: 'contexts-import-downwards',
      comment: `${name} may not import contexts above it. Say it with an event.`,
      severity: 'error',
      from: { path: `^contexts/${name}/`, pathNot: test },
      to: { path: `^contexts/(${above.join('|')})/` },
    }
  }),
)

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-knows-nothing',
      comment: 'Words of the kernel have no I/O and know no other folder.',
      severity: 'error',
      from: { path: '^kernel/', pathNot: test },
      to: { pathNot: '^kernel/|node_modules/' },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: '^platform/' },
      to: { path: '^(contexts|processes|gateways|web|seed|tools|bench|journeys|house)/' },
    },
    {
      name: 'contexts-know-nothing-above',
      severity: 'error',
      from: { path: '^contexts/', pathNot: test },
      to: { path: '^(processes|gateways|seed|tools|bench|journeys|house|web/(command|field|resident))/' },
    },
    {
      name: 'contexts-meet-only-at-the-door',
      comment: 'Across contexts: index.ts, contract.ts, lifecycle.ts or ui/index.ts.',
      severity: 'error',
      from: { path: '^contexts/([^/]+)/' },
      to: { path: '^contexts/', pathNot: '^contexts/$1/|^contexts/[^/]+/(index|contract|lifecycle|testing)\\.ts$|^contexts/[^/]+/ui/index\\.ts$' },
    },
    {
      name: 'outside-uses-the-door',
      comment: 'Folders above the contexts also come in through the door; processes also mount routes, reactions and events.',
      severity: 'error',
      from: { path: '^(processes|gateways|seed|bench|web/resident|tools)/', pathNot: test },
      to: { path: '^contexts/', pathNot: '^contexts/(?!.*/ui/).*/(index|contract|lifecycle|routes|reactions|events|refusals)\\.ts$' },
    },
    ...upwards,
    {
      name: 'rules-are-pure',
      comment:
        'A rule file sees the kernel, its like, rules that a lower context offers at its door, and types. What it needs to know is an argument.',
      severity: 'error',
      from: ruleFiles,
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: `^kernel/|^contexts/$1(?!/ui/|.*/(store|commands|questions|reactions|routes|index|intake|load|replay)\\.ts$)/|^contexts/(?!$1/)[^/]+/index\\.ts$|^crypto$|node_modules/(zod|flatbush|@maplibre)/`,
      },
    },
    {
      name: 'rules-never-see-a-transaction',
      comment: 'Every function that reads or writes rows takes `tx` first, so a file that cannot name one stays pure whatever it calls.',
      severity: 'error',
      from: ruleFiles,
      to: { path: '^platform/database/' },
    },
    {
      name: 'contracts-are-light',
      comment: 'Screens import contracts, so a contract may not drag the server along.',
      severity: 'error',
      from: { path: '^contexts/([^/]+).*/(contract|lifecycle)\\.ts$' },
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: `^kernel/|^platform/http/endpoint\\.ts$|^contexts/.*/(contract|lifecycle)\\.ts$|^contexts/$1(?!.*/(${parts})\\.ts$)/|node_modules/zod/`,
      },
    },
    {
      name: 'only-stores-speak-sql',
      comment: 'SQL lives in store.ts of a context and in platform/.',
      severity: 'error',
      from: { path: '^(kernel|contexts|processes|gateways|web|seed)/', pathNot: `(^|/)(store|[a-z-]+-store)\\.ts$|${test}` },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'web-sees-contracts-only',
      severity: 'error',
      from: { path: screens },
      to: { path: '^contexts/', pathNot: '^contexts/[^/]+/ui/|^contexts/.*/(contract|lifecycle)\\.ts$' },
    },
    {
      name: 'web-sees-no-server',
      severity: 'error',
      from: { path: screens, pathNot: test },
      to: { path: '^(platform|processes|gateways|database|seed|tools)/', pathNot: '^platform/http/endpoint\\.ts$' },
    },
    {
      name: 'screens-of-a-context-use-the-kit',
      severity: 'error',
      from: { path: '^contexts/[^/]+/ui/|^web/kit/' },
      to: { path: '^web/(command|field|resident)/' },
    },
    {
      name: 'web-apps-stay-apart',
      severity: 'error',
      from: { path: '^web/(command|field|resident)/' },
      to: { path: '^web/', pathNot: '^web/($1|kit)/' },
    },
    {
      name: 'server-runs-without-dev-dependencies',
      severity: 'error',
      from: { path: '^(kernel|platform|contexts|processes|gateways|web/resident)/', pathNot: `${test}|^contexts/[^/]+/ui/` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(kernel|platform|contexts|processes|gateways|web|seed|tools)/', pathNot: `${test}|^tools/tables\\.ts$` },
      to: { path: `${test}|^(journeys|house|bench)/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    // Type imports count: a type that names another context's inside is a dependency too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
    },
  },
}
