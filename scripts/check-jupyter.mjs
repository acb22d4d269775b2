/**
 * Runs notebooks by Jupyter itself and compares what they gave, cell by cell, with what `judgelab run` put into the report:
 * `node scripts/check-jupyter.mjs [study …]`, after those studies were run. Without a study it takes quickstart,
 * pair-count-ablation and, where it was run, llmbar-replay, which have every notebook between them; a notebook that several
 * of them have is run for the first alone. Two notebooks run at a time.
 *
 * Needs nbconvert: Debian's jupyter-nbconvert and python3-ipykernel, or `pipx install nbconvert`. Exits with 1 if an output
 * differs or a notebook belongs to none of the studies, with 2 where there is no nbconvert.
 */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadStudy } from '../packages/judgelab/dist/index.js'
import { installKernel } from '../packages/report/dist/index.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const AT_A_TIME = 2
const ALL = ['quickstart', 'pair-count-ablation', 'llmbar-replay']
if (spawnSync('jupyter', ['nbconvert', '--version']).status !== 0) {
  console.error('no nbconvert here: apt-get install jupyter-nbconvert python3-ipykernel, or pipx install nbconvert')
  process.exit(2)
}

const asked = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'jupyter-'))
try {
  await installKernel(folder)
  const started = performance.now()
  const tasks = await tasksOf(asked.length > 0 ? asked : ALL)
  const counts = { same: 0, different: 0 }
  const left = [...tasks]
  const work = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await check(task, counts)
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  const missing = asked.length > 0 ? [] : notRun(tasks)
  for (const name of missing) console.log(`${name}: not run, no study that was run here has it`)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(
    `${tasks.length} notebooks, ${counts.same} cells gave the same, ${counts.different} something else, ${seconds} s`,
  )
  process.exitCode = counts.different === 0 && missing.every((name) => name === 'llmbar-replay') ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Each notebook with the first study that has it. A study that was not run here is left out, and said to be. */
async function tasksOf(studies) {
  const tasks = new Map()
  for (const study of studies) {
    if (!existsSync(join(root, 'reports', study, 'notebooks'))) {
      console.log(`${study}: not run here, left out`)
      continue
    }
    const { report } = (await loadStudy(study, root)).study
    for (const name of report.notebooks) if (!tasks.has(name)) tasks.set(name, { study, name })
  }
  return [...tasks.values()]
}

function notRun(tasks) {
  const names = readdirSync(join(root, 'notebooks')).flatMap((file) => /^(.*)\.ipynb$/.exec(file)?.[1] ?? [])
  return names.filter((name) => !tasks.some((task) => task.name === name))
}

/** Jupyter runs the notebook as it stands, told of the study by the environment, as `judgelab run` tells its kernel too. */
async function check({ study, name }, counts) {
  const given = join(folder, `${study}-${name}.ipynb`)
  const env = { ...process.env, JUPYTER_PATH: folder, JUDGELAB_STUDY: study }
  const words = ['nbconvert', '--to', 'notebook', '--execute', '--ExecutePreprocessor.timeout=600', '--output', given]
  const source = join(root, 'notebooks', `${name}.ipynb`)
  try {
    await promisify(execFile)('jupyter', [...words, source], { env, maxBuffer: 1 << 28 })
  } catch (error) {
    counts.different += 1
    console.log(`${study}: ${name} stopped in Jupyter: ${error.stderr.trim().split('\n').slice(-20).join('\n')}`)
    return
  }
  const ours = join(root, 'reports', study, 'notebooks', `${name}.ipynb`)
  const [jupyter, judgelab] = [codeCells(given), codeCells(ours)]
  for (const [i, cell] of judgelab.entries()) {
    const isSame = cell.source === jupyter[i]?.source && cell.outputs === jupyter[i]?.outputs
    counts[isSame ? 'same' : 'different'] += 1
    if (!isSame) console.log(`${study}: ${name}, code cell ${i + 1}: ${firstDifference(cell, jupyter[i])}`)
  }
  if (jupyter.length !== judgelab.length) counts.different += 1
  console.log(`${study}: ${name}, ${judgelab.length} code cells`)
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
