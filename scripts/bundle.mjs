/**
 * Builds the package of the working directory as few files: `node ../../scripts/bundle.mjs [entry …]`, by default of
 * `src/index.ts`. An entry becomes one file of that name in `dist`, with all its modules; what is imported only when it is
 * needed stays a file of its own. Node would take some 0.3 s longer for the more than a thousand small files of the command.
 */
import { rmSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { rolldown } from 'rolldown'

/** Packages of very many small files, which are put into the bundle. All others are found where they are installed. */
const OF_MANY_FILES = ['openai', 'together-ai', 'yaml', 'zod']

const entries = process.argv.length > 2 ? process.argv.slice(2) : ['src/index.ts']
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [basename(entry, '.ts'), entry])),
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  external: (id, importer) => isPackage(id) && !isOfManyFiles(id) && isOwn(importer),
})
rmSync('dist', { recursive: true, force: true })
await bundle.write({ dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })

function isPackage(id) {
  return /^(@[a-z]|[a-z][^:]+$)/.test(id)
}

function isOfManyFiles(id) {
  return OF_MANY_FILES.some((name) => id === name || id.startsWith(`${name}/`))
}

/** What a bundled package asks for is in the bundle too. */
function isOwn(importer) {
  return importer === undefined || importer.startsWith(resolve('src'))
}
