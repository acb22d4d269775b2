import { resolve } from 'node:path'
import { benchmarkWords, loadSplit, verifySplit } from '@judgelab/datasets'
import { loadStudy } from '../study/load-study.js'
import { contextBase, withContext } from '../study/open-context.js'
import { loadStudyBenchmark } from '../study/prepare.js'
import { shownWork } from './shown-work.js'

/**
 * `judgelab verify-split <file> <study>`: draws the split of a file again from the study's benchmark. Returns true when the
 * same one comes out. Nothing is written.
 */
export async function verifySplitCommand(
  file: string,
  named: string,
  { json }: { readonly json?: boolean | undefined },
): Promise<boolean> {
  const [loaded, split] = [await loadStudy(named), await loadSplit(resolve(file))]
  const benchmark = await shownWork((told) =>
    withContext(contextBase(loaded, {}), { ...told, mayLabour: true }, loadStudyBenchmark),
  )
  const differences = verifySplit(split, benchmark)
  const { method, seed, train, test } = split
  const words = `${method}${seed === null ? '' : `, seed ${seed}`}: ${train.length} training and ${test.length} test examples of ${benchmarkWords(benchmark)}`
  const lines =
    differences.length === 0
      ? [`the same split comes out: ${words}`]
      : [
          `another split comes out than in ${file}: ${words}`,
          ...differences.map(({ what, message }) => `  ${what}: ${message}`),
        ]
  process.stdout.write(
    json ? `${JSON.stringify({ same: differences.length === 0, differences }, null, 2)}\n` : `${lines.join('\n')}\n`,
  )
  return differences.length === 0
}
