import { ConfigError, listRuns, type Project, type RunFolder, runFolder } from '@judgelab/core'

/** The folder of a run, by its id or by the beginning of one. @throws {ConfigError} if no run, or more than one, is called so */
export async function findRun({ runs }: Project, named: string): Promise<RunFolder> {
  const ids = await listRuns(runs)
  const matching = ids.includes(named) ? [named] : ids.filter((id) => id.startsWith(named))
  if (matching.length !== 1)
    throw new ConfigError(
      `expected the id of one run, or how it begins; found ${matching.length === 0 ? `none of ${ids.length} runs` : matching.join(', ')}`,
      named,
    )
  return runFolder(runs, matching[0] as string)
}
