export { main } from './main.js'
export { type LoadedStudy, loadStudy } from './study/load-study.js'
export { type RunStudyOptions, runStudy, type StudyOutcome } from './study/run-study.js'
export { createProgress, type Progress, silentProgress } from './terminal/progress.js'
