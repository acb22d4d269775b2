import type { Browser } from 'playwright-core'
import { findChromium } from './find-chromium.js'

/** What keeps a headless browser from asking the network for anything of its own. */
const FLAGS: readonly string[] = [
  ...['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--no-first-run', '--disable-quic'],
]

/** Chromium without a window. As root, where Chromium refuses its sandbox, without that too. @throws {Error} as `findChromium` does */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  const { chromium } = await import('playwright-core')
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: [...FLAGS, ...(isRoot ? ['--no-sandbox'] : [])] })
}
