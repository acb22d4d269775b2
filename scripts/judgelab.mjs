/** The `judgelab` command from a checkout: builds what changed, then runs it. */
import { build } from './build.mjs'

const failed = build()
if (failed !== 0) process.exit(failed)
const { main } = await import('../packages/judgelab/dist/main.js')
process.exitCode = await main(process.argv.slice(2))
