import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type BenchmarkFile,
  DatasetFormatError,
  type Example,
  type Project,
  parseBenchmarkFile,
  parseExample,
  parseJson,
  saveJson,
  saveJsonl,
} from '@judgelab/core'
import { type Benchmark, benchmarkOf } from './benchmark.js'
import { loadExamples } from './sources/load-examples.js'

/** The two files in which a study keeps its benchmark, wherever that came from: what it is, and its examples. */
export function benchmarkFiles(folder: string): { readonly about: string; readonly examples: string } {
  return { about: join(folder, 'benchmark.json'), examples: join(folder, 'examples.jsonl') }
}

/** Writes a benchmark down in a study's folder of artifacts; what says that the examples are there comes last. */
export async function keepBenchmark(
  folder: string,
  benchmark: Benchmark,
  onExamples?: (written: number) => void,
): Promise<void> {
  const { name, about, synthetic, fingerprint, examples } = benchmark
  const files = benchmarkFiles(folder)
  const file: BenchmarkFile = { formatVersion: 1, name, about, synthetic, fingerprint, examples: examples.length }
  await saveJsonl(files.examples, examples, onExamples)
  await saveJson(files.about, file)
}

/**
 * The benchmark that a study kept, without the report of its loading.
 *
 * @param folder of the study's artifacts
 * @throws {DatasetFormatError} if there is none, a line is malformed, or the examples are not those of its fingerprint
 */
export async function loadKeptBenchmark(folder: string): Promise<Benchmark> {
  const files = benchmarkFiles(folder)
  const text = await readFile(files.about, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError(
      'expected the benchmark of a study that was run, found none',
      { file: files.about },
      { cause },
    )
  })
  const held = parseBenchmarkFile(parseJson(text, { file: files.about }), { file: files.about })
  const { name, about, synthetic } = held
  const benchmark = benchmarkOf({ name, about, synthetic, examples: await loadExamples(files.examples, parseExample) })
  if (benchmark.fingerprint === held.fingerprint) return benchmark
  throw new DatasetFormatError(
    `expected ${held.examples} examples with fingerprint ${held.fingerprint}, found ${benchmark.examples.length} with ${benchmark.fingerprint}`,
    { file: files.examples },
  )
}

/** The examples that a study kept, by id; their fingerprint is not looked at. @throws as `loadExamples` */
export async function loadKeptExamples(folder: string): Promise<ReadonlyMap<string, Example>> {
  const examples = await loadExamples(benchmarkFiles(folder).examples, parseExample)
  return new Map(examples.map((example) => [example.id, example]))
}

/** The folder of artifacts of a study that kept the benchmark with this fingerprint; undefined where none did. */
export async function findKeptBenchmark({ artifacts }: Project, fingerprint: string): Promise<string | undefined> {
  for (const study of await readdir(artifacts).catch(() => [])) {
    const folder = join(artifacts, study)
    if ((await fingerprintIn(benchmarkFiles(folder).about)) === fingerprint) return folder
  }
  return undefined
}

/** Undefined too where there is no readable file: another study may have it. */
async function fingerprintIn(file: string): Promise<string | undefined> {
  try {
    return parseBenchmarkFile(parseJson(await readFile(file, 'utf8'), { file }), { file }).fingerprint
  } catch {
    return undefined
  }
}
