/**
 * Runs a study's notebooks by Jupyter itself and compares what they gave, cell by cell, with what `judgelab run` put into
 * the report: `node scripts/check-jupyter.mjs [study]`, `quickstart` by default, after that study was run.
 *
 * Needs nbconvert: Debian's jupyter-nbconvert and python3-ipykernel, or `pipx install nbconvert`. Exits with 1 if an output
 * differs, with 2 where there is no nbconvert.
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadStudy } from '../packages/judgelab/dist/index.js'
import { installKernel } from '../packages/report/dist/index.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const study = process.argv[2] ?? 'quickstart'
if (spawnSync('jupyter', ['nbconvert', '--version']).status !== 0) {
  console.error('no nbconvert here: apt-get install jupyter-nbconvert python3-ipykernel, or pipx install nbconvert')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'jupyter-'))
try {
  await installKernel(folder)
  const { report } = (await loadStudy(study, root)).study
  const counts = { same: 0, different: 0 }
  for (const name of report.notebooks) await check(name, counts)
  console.log(`${counts.same} cells gave the same, ${counts.different} something else`)
  process.exitCode = counts.different === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function check(name, counts) {
  const env = { ...process.env, JUPYTER_PATH: folder, JUDGELAB_STUDY: study }
  const words = ['nbconvert', '--to', 'notebook', '--execute', '--ExecutePreprocessor.timeout=600']
  const source = join(root, 'notebooks', `${name}.ipynb`)
  await promisify(execFile)('jupyter', [...words, '--output-dir', folder, source], { env, maxBuffer: 1 << 28 })
  const [theirs, ours] = [join(folder, `${name}.ipynb`), join(root, 'reports', study, 'notebooks', `${name}.ipynb`)]
  const [jupyter, judgelab] = [codeCells(theirs), codeCells(ours)]
  for (const [i, cell] of judgelab.entries()) {
    const isSame = cell.source === jupyter[i]?.source && cell.outputs === jupyter[i]?.outputs
    counts[isSame ? 'same' : 'different'] += 1
    if (!isSame) console.log(`${name}, code cell ${i + 1}: ${firstDifference(cell, jupyter[i])}`)
  }
  if (jupyter.length !== judgelab.length) counts.different += 1
  console.log(`${name}: ${judgelab.length} code cells`)
}

/** Code cells with what they gave, as one text each; the cell of injected parameters is judgelab's alone. */
function codeCells(file) {
  const { cells } = JSON.parse(readFileSync(file, 'utf8'))
  return cells
    .filter(({ cell_type, metadata }) => cell_type === 'code' && !metadata.tags?.includes('injected-parameters'))
    .map(({ source, outputs }) => ({ source: [source].flat().join(''), outputs: outputText(outputs) }))
}

/** Streams joined, counts and metadata left out: two front ends may cut and count as they like. */
function outputText(outputs) {
  const joined = []
  for (const { output_type, name, text, data, ename, evalue } of outputs) {
    const last = joined.at(-1)
    const written = [text ?? ''].flat().join('')
    if (output_type === 'stream' && last?.name === name) last.text += written
    else if (output_type === 'stream') joined.push({ name, text: written })
    else
      joined.push({ output_type, ename, evalue, data: data && Object.fromEntries(Object.entries(data).map(joinLines)) })
  }
  return JSON.stringify(joined)
}

function joinLines([type, content]) {
  return [type, Array.isArray(content) ? content.join('') : content]
}

function firstDifference(ours, theirs) {
  if (theirs === undefined) return 'not there in Jupyter'
  if (ours.source !== theirs.source) return 'another source'
  const at = [...ours.outputs].findIndex((sign, i) => sign !== theirs.outputs[i])
  const from = Math.max(0, at - 40)
  return `ours ${ours.outputs.slice(from, at + 60)} | Jupyter’s ${theirs.outputs.slice(from, at + 60)}`
}
