/**
 * Executes every notebook in notebooks/ from top to bottom, each in a kernel of its own, and says where one fails.
 * Needs the studies that the notebooks read to have been run. Exits with 1 if a cell failed.
 */
import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { executeNotebook, startKernel } from '../packages/report/dist/index.js'

const cwd = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'notebooks')
const names = readdirSync(cwd)
  .filter((name) => name.endsWith('.ipynb'))
  .sort()
const cells = { ok: 0, failed: 0 }

let next = kernelFor(0)
for (const [i, name] of names.entries()) {
  const kernel = next
  next = kernelFor(i + 1)
  await smoke(name, kernel)
}
console.log(`${cells.ok} cells ok${cells.failed === 0 ? '' : `, ${cells.failed} failed`}`)
process.exitCode = cells.failed === 0 ? 0 : 1

/** The next notebook's kernel starts while this one runs. */
function kernelFor(index) {
  if (index >= names.length) return undefined
  const kernel = startKernel({ cwd })
  kernel.catch(() => {})
  return kernel
}

async function smoke(name, kernel) {
  const onCell = ({ cell, done, total }) => {
    cells.ok += 1
    console.log(`ok     ${name} cell ${cell} (${done} of ${total})`)
  }
  try {
    await executeNotebook(join(cwd, name), { cwd, kernel, onCell, timeoutMs: 120_000 })
  } catch (error) {
    cells.failed += 1
    console.log(`FAILED ${error.message}`)
  }
}
