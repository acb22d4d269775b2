import { escapeHtml } from '../format/escape.js'

/** Colours code: gives HTML in which each token has a class. Languages it does not know come out as plain text. */
export type Highlight = (code: string, language: string) => string

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  typescript: 'typescript',
  js: 'typescript',
  javascript: 'typescript',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
}

/** What colours code, and what lets go of its grammars. */
export interface Highlighter {
  readonly highlight: Highlight
  readonly dispose: () => void
}

/** Loads the grammars for TypeScript, JSON and YAML, and nothing else. */
export async function loadHighlighter(): Promise<Highlighter> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ])
  const theme = createCssVariablesTheme({ name: 'report', variablePrefix: '--' })
  const highlighter = await createHighlighterCore({
    themes: [theme],
    langs: [import('shiki/langs/typescript.mjs'), import('shiki/langs/json.mjs'), import('shiki/langs/yaml.mjs')],
    engine: createJavaScriptRegexEngine(),
  })
  const highlight: Highlight = (code, language) => {
    const lang = LANGUAGES[language.toLowerCase()]
    if (lang === undefined) return escapeHtml(code)
    // Without a limit of time: a busy machine would colour less of the same code.
    const { tokens } = highlighter.codeToTokens(code, { lang, theme: 'report', tokenizeTimeLimit: 0 })
    return tokens.map((line) => line.map(tokenHtml).join('')).join('\n')
  }
  return { highlight, dispose: () => highlighter.dispose() }
}

/** The theme names a colour `var(--token-keyword)`; the page's stylesheet knows the class `jl-keyword`. */
function tokenHtml({ content, color }: { readonly content: string; readonly color?: string }): string {
  const kind = /--token-([a-z-]+)/.exec(color ?? '')?.[1]
  return kind === undefined ? escapeHtml(content) : `<span class="jl-${kind}">${escapeHtml(content)}</span>`
}
