/** `pnpm bench [area …]`: runs the benchmarks of every area (a folder here), or of the areas named. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../scripts/build.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const areas = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !areas.includes(name))
if (unknown.length > 0) {
  console.error(`bench needs areas among ${areas.join(', ')}, got ${unknown.join(', ')}`)
  process.exit(2)
}

if (build() !== 0) process.exit(1)
for (const area of asked.length > 0 ? asked : areas) {
  const files = readdirSync(join(here, area))
    .filter((name) => name.endsWith('.bench.mjs'))
    .sort()
  for (const file of files) {
    console.log(`\n== ${area}/${file}`)
    const { status } = spawnSync(process.execPath, [join(here, area, file)], { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}
