import { FAULTS, type Fault } from '../faults/fault-options.js'

/** Counts of what was asked of models and what became of it. Other requests stand in `byPath` only. */
export interface EmulatorStats {
  /** Requests to models that came in with a right key. */
  readonly requests: number
  /** Whole answers sent: good ones, and those that say no (refusals, filtered, cut, wrong labels). */
  readonly answered: number
  /** Requests that a fault ended without a whole answer. */
  readonly faulted: number
  /** Requests that were refused for what they say: status 4xx that is no fault. */
  readonly refused: number
  /** Requests whose client was gone before the answer was sent. */
  readonly abandoned: number
  readonly unauthorized: number
  readonly inFlight: number
  readonly mostInFlight: number
  /** Different contents: path and body. */
  readonly contents: number
  /** Contents that were answered more than once, and the answers beyond the first. */
  readonly answeredAgain: { readonly contents: number; readonly answers: number }
  /** Contents that were asked and not answered. */
  readonly unanswered: number
  /** Connections that clients opened. */
  readonly connections: number
  readonly faults: Readonly<Record<Fault, number>>
  /** Requests by method and path, all of them. */
  readonly byPath: Readonly<Record<string, number>>
}

/** What became of one content. */
export interface ContentCount {
  readonly hash: string
  readonly requests: number
  readonly answered: number
  readonly faulted: number
}

type Ending = 'answered' | 'faulted' | 'refused' | 'abandoned'

/** Keeps the counts. Work per request does not grow with their number. */
export interface Tally {
  /** Counts a request to a model; returns how often its content was asked before. */
  readonly began: (hash: string) => number
  /** Counts a request that goes elsewhere, under its method and path; returns how often that was asked before. */
  readonly visited: (path: string) => number
  readonly ended: (hash: string, ending: Ending, fault: Fault | undefined) => void
  /** How often a content was answered so far. */
  readonly answers: (hash: string) => number
  readonly unauthorized: () => void
  readonly connected: () => void
  readonly stats: () => EmulatorStats
  readonly contents: () => ContentCount[]
  readonly reset: () => void
}

interface Counts {
  requests: number
  answered: number
  faulted: number
}

/** An empty tally. */
export function createTally(): Tally {
  const byHash = new Map<string, Counts>()
  const byPath = new Map<string, number>()
  const faults = new Map<Fault, number>()
  const totals = { requests: 0, answered: 0, faulted: 0, refused: 0, abandoned: 0 }
  const others = { unauthorized: 0, inFlight: 0, mostInFlight: 0, connections: 0 }
  return {
    began: (hash) => {
      const counts = byHash.get(hash) ?? { requests: 0, answered: 0, faulted: 0 }
      byHash.set(hash, counts)
      totals.requests++
      others.inFlight++
      others.mostInFlight = Math.max(others.mostInFlight, others.inFlight)
      return counts.requests++
    },
    ended: (hash, ending, fault) => {
      totals[ending]++
      others.inFlight--
      if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1)
      const counts = byHash.get(hash)
      if (counts !== undefined && ending === 'answered') counts.answered++
      if (counts !== undefined && ending === 'faulted') counts.faulted++
    },
    answers: (hash) => byHash.get(hash)?.answered ?? 0,
    visited: (path) => {
      const before = byPath.get(path) ?? 0
      byPath.set(path, before + 1)
      return before
    },
    unauthorized: () => void others.unauthorized++,
    connected: () => void others.connections++,
    stats: () => {
      const again = [...byHash.values()].filter(({ answered }) => answered > 1)
      return {
        ...totals,
        ...others,
        contents: byHash.size,
        answeredAgain: {
          contents: again.length,
          answers: again.reduce((sum, { answered }) => sum + answered - 1, 0),
        },
        unanswered: [...byHash.values()].filter(({ answered }) => answered === 0).length,
        faults: Object.fromEntries(FAULTS.map((fault) => [fault, faults.get(fault) ?? 0])) as Record<Fault, number>,
        byPath: Object.fromEntries(byPath),
      }
    },
    contents: () => [...byHash].map(([hash, counts]) => ({ hash, ...counts })),
    reset: () => {
      byHash.clear()
      byPath.clear()
      faults.clear()
      Object.assign(totals, { requests: 0, answered: 0, faulted: 0, refused: 0, abandoned: 0 })
      Object.assign(others, { unauthorized: 0, mostInFlight: others.inFlight })
    },
  }
}
