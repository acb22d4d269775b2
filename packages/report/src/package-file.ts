import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of this package that is read when the code runs: `src` is shipped beside `dist`, and both see the same file. */
export function packageFile(path: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve('@judgelab/report/package.json'))
  return join(folder, path)
}
