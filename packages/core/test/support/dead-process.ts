import { spawnSync } from 'node:child_process'

/** The id of a process that has just ended. */
export function deadProcessId(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid
}
