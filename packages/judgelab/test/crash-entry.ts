/** Runs the study `small` of the folder that it is started in, and looks at its jobs without a pause. */
import { loadStudy, runStudy, silentProgress } from '../src/index.js'

await runStudy(await loadStudy('small', process.cwd()), {
  progress: silentProgress,
  signal: new AbortController().signal,
  withReport: false,
  firstPauseMs: 1,
  approve: async () => true,
})
