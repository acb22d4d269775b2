import { readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestText, MODES, projectAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { loadPrompt, parsePrompt } from '../../src/index.js'
import { PROJECT } from '../modes/shown.js'
import { temporaryFolders } from '../temporary-folder.js'

const temporaryFolder = temporaryFolders()

/** A prompt of a mode with the given body, which begins on line 8. */
function promptText(body: string, { mode = 'pairwise', output = 'label' } = {}): string {
  return `---\nname: p\nmode: ${mode}\noutput: ${output}\nversion: 1\nsource: s\ndescription: d\n---\n${body}`
}

describe('loadPrompt', () => {
  const files = readdirSync(PROJECT.prompts).filter((file) => file.endsWith('.md'))
  const names = files.map((file) => file.replace(/\.md$/, ''))

  it.each(names)('loads %s, which is called like its file and shows texts only between delimiters', async (name) => {
    const mode = MODES.find((known) => name === known || name === `${known}-first-token`)
    const prompt = await loadPrompt(PROJECT, name, mode ?? 'pairwise')
    expect(prompt).toMatchObject({ name, source: 'judgelab', file: `prompts/${name}.md` })
    expect(prompt.sha256).toBe(digestText(prompt.text))
    expect(prompt.text).not.toContain('.text}}')
    expect(prompt.text.trimEnd().split('\n').at(-1)).toBe('{{output}}')
  })

  it('has a prompt of every mode', () => {
    expect(names).toEqual(expect.arrayContaining([...MODES]))
  })

  it('loads a prompt from a path, relative to the project', async () => {
    const root = temporaryFolder()
    await mkdir(join(root, 'mine'))
    await writeFile(join(root, 'mine/p.md'), promptText('{{prompt}}\n{{responses}}\n{{output}}\n'))
    expect(await loadPrompt(projectAt(root), 'mine/p.md', 'pairwise')).toMatchObject({ name: 'p', file: 'mine/p.md' })
  })

  it('says where it looked for a prompt that there is not, and refuses one of another mode', async () => {
    await expect(loadPrompt(PROJECT, 'pairwize', 'pairwise')).rejects.toThrow(
      'prompts/pairwize.md: expected a prompt for mode pairwise, found no file that can be read; there are best-of-n,',
    )
    await expect(loadPrompt(PROJECT, 'pairwize', 'pairwise')).rejects.toThrow('(did you mean "pairwise"?)')
    await expect(loadPrompt(PROJECT, 'rating', 'classify')).rejects.toThrow(
      'prompts/rating.md: expected a prompt for mode classify, found one for rating',
    )
    await expect(loadPrompt(PROJECT, 'rating', 'classify', 'judges.gpt.prompt')).rejects.toThrow(
      'judges.gpt.prompt: expected a prompt for mode classify in prompts/rating.md, found one for rating',
    )
  })
})

const SHOWS = '{{prompt}}\n{{responses}}\n'

describe('parsePrompt', () => {
  it.each([
    [
      'an unknown placeholder',
      `Hello\n{{prmopt}}\n{{responses}}\n{{output}}`,
      /^p\.md:10:1: expected one of prompt, .*, found "prmopt" \(did you mean "prompt"\?\)$/,
    ],
    [
      'a placeholder of another mode',
      `${SHOWS}{{response}}\n{{output}}`,
      /^p\.md:11:1: expected one of prompt, .*, found "response"/,
    ],
    [
      'an unknown section',
      `${SHOWS}{{#ties}}\n{{/ties}}\n{{output}}`,
      'p.md:11:1: expected one of prompt, reference, criteria, tie, strength, found "ties" (did you mean "tie"?)',
    ],
    [
      'a section that is not closed',
      `{{#tie}}\n${SHOWS}{{output}}`,
      'p.md:9:1: expected {{/tie}} to close this, found the end',
    ],
    [
      'a section closed by another',
      `{{#tie}}a{{/prompt}}\n${SHOWS}{{output}}`,
      'p.md:9:10: expected {{/tie}}, found {{/prompt}}',
    ],
    ['a closing tag alone', `a\n{{/tie}}\n${SHOWS}{{output}}`, 'p.md:10:1: expected no closing tag, found {{/tie}}'],
    [
      'braces that are no placeholder',
      `a {{ b\n${SHOWS}{{output}}`,
      'p.md:9:3: expected a placeholder such as {{prompt}}, or \\{{ for braces',
    ],
    ['a block within a line', `${SHOWS}The form: {{output}}`, 'p.md:11:11: expected {{output}} alone on its line'],
    [
      'a text where there is none',
      `{{^prompt}}\n{{prompt}}\n{{/prompt}}\n{{responses}}\n{{output}}`,
      'p.md:10:1: expected no {{prompt}} where there is no prompt',
    ],
    ['no {{output}}', SHOWS, 'p.md: expected {{output}} once and outside of sections, found it 0 times'],
    ['{{output}} twice', `${SHOWS}{{output}}\n{{output}}`, 'found it 2 times'],
    ['{{output}} in a section', `${SHOWS}{{#tie}}\n{{output}}\n{{/tie}}`, 'found it in a section'],
    [
      'a response that is not shown',
      `{{prompt}}\n{{response_b}}\n{{output}}`,
      'p.md: expected {{responses}} outside of sections',
    ],
    [
      'text before the first turn',
      `Hello\n--- user\n${SHOWS}{{output}}`,
      'p.md:9: expected nothing before the first turn',
    ],
    [
      'two user turns',
      `--- user\na\n--- user\n${SHOWS}{{output}}`,
      'p.md:9: expected a user turn, or a system and a user turn, found user, user',
    ],
  ])('refuses %s', (_, body, message) => {
    expect(() => parsePrompt(promptText(body), 'p.md')).toThrow(message)
  })

  it('refuses {{output}} in an official prompt, which has its own', () => {
    const text = promptText('{{responses}}\n{{output}}\n', { mode: 'best-of-n', output: 'official' })
    expect(() => parsePrompt(text, 'p.md')).toThrow('p.md: expected no {{output}} in a prompt whose output is official')
  })

  it('takes the head for no part of the text that is hashed', () => {
    const [one, other] = ['d', 'another'].map((said) =>
      parsePrompt(promptText(`${SHOWS}{{output}}\n`).replace('description: d', `description: ${said}`), 'p.md'),
    )
    expect(one?.sha256).toBe(other?.sha256)
    expect(one?.text).toBe(`${SHOWS}{{output}}\n`)
  })
})
