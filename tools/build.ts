import { sentences } from '../processes/start.ts'
import { buildScreens } from '../processes/screens.ts'

try {
  await buildScreens((zh, en) => console.log(`${zh} ${en}`))
} catch (error) {
  console.error(sentences(error).join('\n'))
  process.exitCode = 1
}
