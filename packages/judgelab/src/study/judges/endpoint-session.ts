import { existsSync } from 'node:fs'
import {
  digest,
  type EndpointSession,
  loadRunManifest,
  ownRun,
  type PricedEndpoint,
  type RunEndpoint,
  type RunFolder,
  type RunManifest,
  saveJson,
} from '@judgelab/core'
import type { Clock } from '@judgelab/judges'

/** The time that an endpoint is up for a run, as the run's manifest says it. */
export interface OpenSession {
  /**
   * Begins now. A run that goes on has it in its manifest when this resolves; the manifest of one that is yet to begin is to
   * be written with what this returns.
   */
  readonly begin: (endpoint: PricedEndpoint) => Promise<RunEndpoint>
  /** Ends now; nothing, where it never began. */
  readonly end: () => Promise<void>
}

/**
 * A session of a run that nobody writes at that moment.
 *
 * @throws {Error} `begin` and `end`, if another living process owns the run
 */
export function sessionOf(run: RunFolder, clock: Clock): OpenSession {
  let startedAt: string | undefined
  return {
    begin: async (endpoint) => {
      startedAt = clock.date().toISOString()
      const first: RunEndpoint = { ...endpoint, sessions: [{ startedAt }] }
      const manifest = await changeManifest(run, (begun) => withSession(begun, endpoint, startedAt as string))
      return manifest?.endpoint ?? first
    },
    end: async () => {
      const stoppedAt = clock.date().toISOString()
      const begun = startedAt
      if (begun !== undefined) await changeManifest(run, (manifest) => withEnd(manifest, begun, stoppedAt))
    },
  }
}

/** Whether a session of a run has no end: its endpoint may still be up. */
export async function wasLeftUp(run: RunFolder): Promise<boolean> {
  if (!existsSync(run.manifest)) return false
  const { endpoint } = await loadRunManifest(run)
  return endpoint?.sessions.some(({ stoppedAt }) => stoppedAt === undefined) ?? false
}

/** Undefined where there is no manifest yet. */
async function changeManifest(
  run: RunFolder,
  change: (manifest: RunManifest) => RunManifest,
): Promise<RunManifest | undefined> {
  if (!existsSync(run.manifest)) return undefined
  const release = await ownRun(run)
  try {
    const changed = change(await loadRunManifest(run))
    await saveJson(run.manifest, changed)
    return changed
  } finally {
    await release()
  }
}

/** The prices of a run that was begun without an endpoint stay: they are those of its first answers. */
function withSession(manifest: RunManifest, asked: PricedEndpoint, startedAt: string): RunManifest {
  const { sessions, ...first } = manifest.endpoint ?? { ...asked, sessions: [] }
  const isFirst = digest(first) === digest(asked)
  const session: EndpointSession = { startedAt, ...(isFirst ? {} : { endpoint: asked }) }
  return { ...manifest, endpoint: { ...first, sessions: [...sessions, session] } }
}

function withEnd(manifest: RunManifest, begun: string, stoppedAt: string): RunManifest {
  if (manifest.endpoint === undefined) return manifest
  const sessions = manifest.endpoint.sessions.map((session) =>
    session.startedAt === begun && session.stoppedAt === undefined ? { ...session, stoppedAt } : session,
  )
  return { ...manifest, endpoint: { ...manifest.endpoint, sessions } }
}
