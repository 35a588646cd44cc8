import fc from 'fast-check'

// One seed for all property tests of a run, printed at its start, so that a failure anywhere can be repeated: HUYING_SEED=… npx vitest run …
fc.configureGlobal({ seed: Number(process.env['HUYING_SEED']) })
