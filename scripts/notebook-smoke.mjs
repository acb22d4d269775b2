/**
 * Runs every study in studies/ (what is unchanged is not run again) and executes each of its notebooks from top to bottom,
 * in a kernel of its own. A study that asks services, and one whose data are not on this machine, are skipped and said to
 * be. Exits with 1 if a cell failed.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProgress, loadStudy, runStudy } from '../packages/judgelab/dist/index.js'
import { executeNotebook, startKernel } from '../packages/report/dist/index.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const cwd = join(root, 'notebooks')
const cells = { ok: 0, failed: 0 }

for (const name of readdirSync(join(root, 'studies')).filter((file) => file.endsWith('.yaml'))) {
  const loaded = await loadStudy(join(root, 'studies', name))
  const { path } = loaded.study.benchmark
  if (path !== undefined && !existsSync(resolve(root, path))) {
    console.log(`skipped ${name}: no data at ${path}`)
    continue
  }
  if (asksServices(loaded.study)) {
    console.log(`skipped ${name}: it asks services; judgelab rehearse runs it against the emulator`)
    continue
  }
  const options = { progress: createProgress(process.stderr), signal: new AbortController().signal, withReport: false }
  const { results } = await runStudy(loaded, options)
  await smokeAll(results.study.name, loaded.study.report.notebooks)
}
console.log(`${cells.ok} cells ok${cells.failed === 0 ? '' : `, ${cells.failed} failed`}`)
process.exitCode = cells.failed === 0 ? 0 : 1

function asksServices({ judges }) {
  return judges.some(({ provider }) => provider !== 'local' && provider !== 'replay')
}

/** The next notebook's kernel starts while this one runs. */
async function smokeAll(study, names) {
  let next = kernelFor(study, names, 0)
  for (const [i, name] of names.entries()) {
    const kernel = next
    next = kernelFor(study, names, i + 1)
    await smoke(study, `${name}.ipynb`, kernel)
  }
}

function kernelFor(study, names, index) {
  if (index >= names.length) return undefined
  const kernel = startKernel({ cwd, env: { JUDGELAB_STUDY: study } })
  kernel.catch(() => {})
  return kernel
}

async function smoke(study, name, kernel) {
  const onCell = ({ cell, done, total }) => {
    cells.ok += 1
    console.log(`ok     ${study}: ${name} cell ${cell} (${done} of ${total})`)
  }
  try {
    await executeNotebook(join(cwd, name), { cwd, kernel, parameters: { study }, onCell, timeoutMs: 120_000 })
  } catch (error) {
    cells.failed += 1
    console.log(`FAILED ${error instanceof Error ? error.message : error}`)
  }
}
