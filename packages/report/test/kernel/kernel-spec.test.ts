import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { spawnKernel } from '../../src/kernel/kernel-process.js'
import { findKernelSpec } from '../../src/kernel/kernel-spec.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kernels-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Registers the kernel `sample` below a folder of Jupyter's data; returns the kernelspec's folder. */
function register(dataFolder: string, argv: readonly string[]): string {
  const folder = join(dataFolder, 'kernels', 'sample')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv }))
  return folder
}

describe('findKernelSpec', () => {
  it('looks in JUPYTER_PATH, the user’s folder, the virtual environment and the Conda environment, in this order', () => {
    const at = (name: string): string => join(root, name)
    const env = {
      JUPYTER_PATH: at('path'),
      JUPYTER_DATA_DIR: at('user'),
      VIRTUAL_ENV: at('venv'),
      CONDA_PREFIX: at('conda'),
    }
    const folders = ['path', 'user', 'venv/share/jupyter', 'conda/share/jupyter'].map(at)
    for (const folder of folders.toReversed()) {
      register(folder, [folder])
      expect(findKernelSpec('sample', env)).toMatchObject({ argv: [folder], folder: join(folder, 'kernels', 'sample') })
    }
  })

  it('names the folders that it searched; an empty variable is none', () => {
    const env = { JUPYTER_DATA_DIR: root, VIRTUAL_ENV: join(root, 'venv'), CONDA_PREFIX: '' }
    const folders = [root, join(root, 'venv/share/jupyter'), '/usr/local/share/jupyter', '/usr/share/jupyter']
    expect(() => findKernelSpec('no-such-kernel', env)).toThrow(
      `no kernel "no-such-kernel" in ${folders.map((folder) => join(folder, 'kernels', 'no-such-kernel')).join(', ')}`,
    )
  })
})

describe('spawnKernel', () => {
  it('puts the kernelspec’s folder and the connection file into the command line', async () => {
    const says = 'console.error(process.argv.slice(1).join(" "))'
    const argv = [process.execPath, '-e', says, '{resource_dir}/start', '--file={connection_file}']
    const folder = register(join(root, '$& data'), argv)
    const spec = findKernelSpec('sample', { JUPYTER_PATH: join(root, '$& data') })
    const { died } = spawnKernel(spec, '/tmp/$1.json', { cwd: root, env: process.env })
    await expect(died).rejects.toThrow(`the sample kernel died (exit code 0): ${folder}/start --file=/tmp/$1.json`)
  })
})
