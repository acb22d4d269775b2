/** A source file of a package, by its path below the package. */
export interface SourceFile {
  readonly package: string
  readonly path: string
  readonly text: string
}

/** The house from the ground up: a package imports only from lines below its own; two on one line don't know each other. */
const LINES: readonly (readonly string[])[] = [
  ['core'],
  ['stats'],
  ['scoring'],
  ['policy'],
  ['datasets'],
  ['services'],
  ['judges', 'dpo'],
  ['analysis'],
  ['report'],
  ['emulator'],
  ['judgelab'],
]

/** Packages that import no other, whatever stands below them. */
const ALONE: readonly string[] = ['core', 'stats']

/** The folders that may touch the network. The kernel's is a local pipe; the emulator is a server on this machine. */
const NETWORK_FOLDERS: readonly string[] = [
  'datasets/src/sources/',
  'services/src/',
  'judges/src/providers/',
  'judges/src/batch/',
  'dpo/src/backends/',
  'report/src/kernel/',
  'emulator/src/',
]

const NETWORK_MODULES =
  /^(?:(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/.*)?|undici|openai|together-ai|zeromq|ws|axios|got|node-fetch|hono|@hono\/.*)$/

/** The packages that stand in the design. */
export const PACKAGES: readonly string[] = LINES.flat()

/** What is wrong with a file, one sentence each. */
export function problemsOfFile(file: SourceFile): string[] {
  const where = `${file.package}/${file.path}`
  const imports = importsOf(file.text)
  return [
    ...imports.flatMap((specifier) => importProblems(file, specifier)),
    ...networkProblems(where, file.text, imports),
    ...shapeProblems(file),
  ].map((problem) => `${where}: ${problem}`)
}

/** What is wrong with the dependencies that a package declares, given what its files import. */
export function problemsOfManifest(
  name: string,
  dependencies: readonly string[],
  imported: ReadonlySet<string>,
): string[] {
  const declared = dependencies.flatMap((dependency) => workspacePackage(dependency) ?? [])
  return [
    ...declared.filter((other) => !mayImport(name, other)).map((other) => `${name}: must not depend on ${other}`),
    ...[...imported]
      .filter((other) => other !== name && !declared.includes(other))
      .map((other) => `${name}: imports ${other} without declaring it`),
  ]
}

/** The workspace's packages that a text imports. */
export function importedPackages(text: string): string[] {
  return importsOf(text).flatMap((specifier) => workspacePackage(specifier) ?? [])
}

function mayImport(from: string, to: string): boolean {
  const line = (name: string): number => LINES.findIndex((names) => names.includes(name))
  return !ALONE.includes(from) && line(to) >= 0 && line(to) < line(from)
}

/** Modules that a text names: static and dynamic imports, re-exports, `require` and `import.meta.resolve`. */
function importsOf(text: string): string[] {
  const forms = [
    /^(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require|require\.resolve|import\.meta\.resolve)\(\s*['"`]([^'"`]+)['"`]/g,
  ]
  return forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] as string))
}

function workspacePackage(specifier: string): string | undefined {
  const scoped = /^@judgelab\/([^/$]+)/.exec(specifier)
  if (scoped) return scoped[1]
  return /^judgelab(?:\/|$)/.test(specifier) ? 'judgelab' : undefined
}

function importProblems({ package: name, path }: SourceFile, specifier: string): string[] {
  if (specifier.startsWith('.')) {
    const target = new URL(specifier, `file:///${path}`).pathname
    return target.startsWith('/src/') ? [] : [`"${specifier}" leaves the package's own sources`]
  }
  if (specifier.startsWith('@judgelab/${')) return name === 'judgelab' ? [] : ['computed import of a package']
  const other = workspacePackage(specifier)
  if (other === undefined) return []
  if (!mayImport(name, other)) return [`${name} must not import ${other}`]
  return specifier.split('/').length > 2 ? [`"${specifier}" is the inside of ${other}`] : []
}

function networkProblems(where: string, text: string, imports: readonly string[]): string[] {
  if (NETWORK_FOLDERS.some((folder) => where.startsWith(folder))) return []
  const modules = imports.filter((specifier) => NETWORK_MODULES.test(specifier))
  const calls = [...text.matchAll(/(?<![.\w'"`])(?:globalThis\.)?(fetch|WebSocket|XMLHttpRequest|EventSource)\(/g)]
  return [
    ...modules.map((specifier) => `network module ${specifier}`),
    ...calls.map((match) => `network call ${match[1]}`),
  ]
}

function shapeProblems({ path, text }: SourceFile): string[] {
  const reExports = /^export\b(?:\s+type)?\s*(?:\*|\{[^}]*\})[^'"`;={}]*?\bfrom\s*['"][^'"]+['"];?/gm
  const problems: string[] = []
  if (path === 'src/index.ts') {
    const rest = text.replaceAll(reExports, '').replaceAll(/\/\*[\s\S]*?\*\/|^\/\/.*$/gm, '')
    if (rest.trim() !== '') problems.push(`index holds more than re-exports: ${rest.trim().split('\n')[0]}`)
  } else if (reExports.test(text)) problems.push('re-exports, which only src/index.ts does')
  if (/^export\s*(?:type\s*)?\*/m.test(text)) problems.push('export *')
  if (/^export default\b|\bas default\b/m.test(text)) problems.push('default export')
  if (/\bMath\s*\.\s*random\b/.test(text)) problems.push('Math.random')
  return problems
}
