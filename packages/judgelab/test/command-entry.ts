/** The `judgelab` command from its sources, as bin/judgelab.js has it from its build. */
import { main } from '../src/index.js'

process.exitCode = await main(process.argv.slice(2))
