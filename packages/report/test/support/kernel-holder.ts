import { startKernel } from '../../src/kernel/start-kernel.js'

/** Holds a kernel until it is interrupted; says the kernel's process id. */
const kernel = await startKernel({ cwd: process.cwd() })
const { outputs } = await kernel.execute('process.pid')
process.stdout.write(JSON.stringify(outputs).match(/\d+/)![0])
await new Promise(() => setInterval(() => {}, 60_000))
