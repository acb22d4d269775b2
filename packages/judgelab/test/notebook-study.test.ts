import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadStudy, runStudy } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
// biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template
const CELL = 'console.log(`a notebook of ${' + "process.env.JUDGELAB_STUDY ?? 'nobody'}, with ${study}`)"
const code = (id: string, source: string, tags: readonly string[] = []): object => ({
  ...{ id, cell_type: 'code', metadata: { tags }, execution_count: null, outputs: [], source },
})
const NOTEBOOK = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } },
  cells: [code('parameters', "const study = 'quickstart'", ['parameters']), code('one', CELL)],
}

it('executes a notebook for the study that lists it, and again for a copy of the study', {
  timeout: 60_000,
}, async () => {
  const project = smallProject(newFolder())
  mkdirSync(project.notebooks)
  writeFileSync(join(project.notebooks, 'one.ipynb'), JSON.stringify(NOTEBOOK))
  const file = join(project.studies, 'small.yaml')
  const text = `${readFileSync(file, 'utf8')}report: { notebooks: [one] }\n`
  for (const name of ['small', 'copied']) {
    writeFileSync(join(project.studies, `${name}.yaml`), text.replace('name: small', `name: ${name}`))
    const { progress, lines } = recordedProgress()
    await runStudy(await loadStudy(name, project.root), { progress, signal: new AbortController().signal })
    expect(lines).toContain('Notebook one: ran')
    expect(readFileSync(join(project.reports, name, 'notebooks', 'one.ipynb'), 'utf8')).toContain(
      `a notebook of ${name}, with ${name}`,
    )
    expect(readFileSync(join(project.reports, name, 'one.html'), 'utf8')).toContain(
      `a notebook of ${name}, with ${name}`,
    )
  }
})
