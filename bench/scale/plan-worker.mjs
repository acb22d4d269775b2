/** Gives a `judgelab` command in this process, in the folder where it is started; prints as its last line what it took as JSON. */
import { main } from '../../packages/judgelab/dist/index.js'

const code = await main(process.argv.slice(2))
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
console.log(JSON.stringify({ code, peakMb: (maxRSS * 1024) / 1e6, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }))
process.exitCode = 0
