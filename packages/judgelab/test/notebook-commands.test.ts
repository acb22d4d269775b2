import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runApart, runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

describe('judgelab kernel install', () => {
  it('registers tslab, run by this Node, and says what stood there before', async () => {
    const folder = newFolder()
    const install = async (): Promise<unknown> =>
      JSON.parse((await runHere(folder, 'kernel', 'install', '--to', folder, '--json')).stdout)
    const spec = join(folder, 'kernels', 'tslab', 'kernel.json')
    expect(await install()).toEqual({ name: 'tslab', folder: join(folder, 'kernels', 'tslab'), before: 'nothing' })
    const { argv, language } = JSON.parse(readFileSync(spec, 'utf8')) as { argv: string[]; language: string }
    expect(argv[0]).toBe(process.execPath)
    expect(argv.slice(-2)).toEqual(['kernel', '--config-path={connection_file}'])
    expect(language).toBe('typescript')
    expect(await install()).toMatchObject({ before: 'the same' })
    writeFileSync(spec, '{}')
    expect(await install()).toMatchObject({ before: 'another' })
  })
})

describe('judgelab lab', () => {
  it('says how to get JupyterLab where there is none', async () => {
    const { code, stderr } = await runApart({ cwd: newFolder(), env: { PATH: '/nowhere' } }, 'lab')
    expect(code).toBe(1)
    expect(stderr).toContain('pipx install jupyterlab')
    expect(stderr).toContain('VS Code needs no JupyterLab')
  })

  it.skipIf(process.platform === 'win32')('starts it on the notebooks, with the kernel and the study', async () => {
    const project = smallProject(newFolder())
    mkdirSync(project.notebooks)
    const bin = newFolder()
    const program = join(bin, 'jupyter-lab')
    writeFileSync(program, '#!/bin/sh\necho "$@" for $JUDGELAB_STUDY; exit 7\n')
    chmodSync(program, 0o755)
    const env = { PATH: `${bin}:${process.env.PATH}`, JUPYTER_DATA_DIR: join(bin, 'jupyter') }
    const ended = await runApart({ cwd: project.root, env }, 'lab', 'small', '--', '--no-browser')
    expect(ended).toMatchObject({ code: 7, stdout: `${project.notebooks} --no-browser for small\n` })
    expect(readFileSync(join(bin, 'jupyter', 'kernels', 'tslab', 'kernel.json'), 'utf8')).toContain('tslab')
  })
})
