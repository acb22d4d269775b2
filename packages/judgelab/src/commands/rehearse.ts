import { loadStudy } from '../study/load-study.js'
import { rehearseStudy } from '../study/rehearse.js'
import { outcomeJson, outcomeText } from './run.js'
import { shownWork } from './shown-work.js'

/** Options of `rehearse`. */
export interface RehearseCommandOptions {
  readonly json?: boolean | undefined
  readonly report: boolean
  readonly pdf?: boolean | undefined
}

/** `judgelab rehearse <study>`: the study against the emulator, and what it would look like. */
export async function rehearseCommand(
  named: string,
  { json, report, pdf = false }: RehearseCommandOptions,
): Promise<void> {
  const loaded = await loadStudy(named)
  const rehearsal = await shownWork((told) =>
    rehearseStudy(loaded, { ...told, withReport: report, withPdf: report && pdf }),
  )
  process.stdout.write(
    json ? outcomeJson(rehearsal) : `${REHEARSED}${builtIn(rehearsal.isBuiltIn)}${outcomeText(rehearsal)}`,
  )
}

const REHEARSED = '\nA rehearsal: an emulator answered in the models’ place. Its numbers say nothing of the models.\n'

function builtIn(isBuiltIn: boolean): string {
  return isBuiltIn ? 'The study’s benchmark is not on this machine; the built-in synthetic one stood in for it.\n' : ''
}
