/**
 * Lets a child process of a test run the workspace's TypeScript sources without a build:
 * `node --conditions=@judgelab/source --import ./source-loader.mjs entry.ts`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { transformSync } from 'rolldown/utils'

if (isMainThread) register(import.meta.url)

/** Relative imports say `.js`, as they will be called when they are built. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
    const source = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL)
    if (existsSync(source)) return { url: source.href, shortCircuit: true }
  }
  return next(specifier, context)
}

/** TypeScript becomes JavaScript; the types are checked elsewhere. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const file = fileURLToPath(url)
  const { code, errors } = transformSync(file, readFileSync(file, 'utf8'))
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors.map(({ message }) => message).join('; ')}`)
  return { format: 'module', source: code, shortCircuit: true }
}
