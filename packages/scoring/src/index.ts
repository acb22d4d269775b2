export { creditOf, type Policies, type Score, scoreOf } from './credit.js'
export { passResult, preferredSlot, ratedResult } from './pass.js'
export { combinePasses } from './rules.js'
export { verdictOf, verdictsOf } from './verdicts.js'
