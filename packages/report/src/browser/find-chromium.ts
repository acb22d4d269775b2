import { existsSync } from 'node:fs'

/** Where Chromium and Chrome usually are, by system; `CHROMIUM` in the environment comes before all of them. */
const PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The Chromium of this machine; nothing where there is none. A `CHROMIUM` that is set and not there is none. */
export function tryFindChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = env.CHROMIUM
  const places = named === undefined || named === '' ? PLACES : [named]
  return places.find((place) => existsSync(place))
}

/** As `tryFindChromium`. @throws {Error} that says how to get one */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const found = tryFindChromium(env)
  if (found !== undefined) return found
  const where = env.CHROMIUM ? `CHROMIUM=${env.CHROMIUM} is not there` : `found none of ${PLACES.join(', ')}`
  throw new Error(
    `a PDF needs Chromium: ${where}. Get it with \`apt-get install chromium\` (Debian, Ubuntu), \`dnf install chromium\` (Fedora) or \`brew install --cask chromium\` (macOS), or name the path of a Chromium or Chrome in CHROMIUM`,
  )
}
