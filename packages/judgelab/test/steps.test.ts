import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestText, type Project, projectAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { fileDigest, openStepMemory, type Step } from '../src/study/steps.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** A project in which one step ran: its two outputs stand and are remembered. */
async function afterOneStep(): Promise<{ project: Project; step: Step; memoryFile: string }> {
  const project = projectAt(newFolder())
  const outputs = ['one.json', 'two.json'].map((name) => join(project.artifacts, 's', name))
  for (const output of outputs) {
    mkdirSync(dirname(output), { recursive: true })
    writeFileSync(output, output.slice(-8))
  }
  const step: Step = { name: 'make', title: 'Make', inputs: { seed: 1, list: ['a'] }, outputs, run: async () => '' }
  await (await openStepMemory(project, 's')).remember(step)
  return { project, step, memoryFile: join(project.artifacts, 's', 'steps.json') }
}

describe('the memory of steps', () => {
  it('knows nothing before the first step', async () => {
    const { step } = await afterOneStep()
    const memory = await openStepMemory(projectAt(newFolder()), 's')
    expect(await memory.isUnchanged(step)).toBe(false)
  })

  it('knows a step that ran on the same inputs, whatever the order of their keys', async () => {
    const { project, step } = await afterOneStep()
    const memory = await openStepMemory(project, 's')
    expect(await memory.isUnchanged(step)).toBe(true)
    expect(await memory.isUnchanged({ ...step, inputs: { list: ['a'], seed: 1 } })).toBe(true)
  })

  it.each([
    [{ seed: 2, list: ['a'] }],
    [{ seed: 1, list: ['a', 'b'] }],
    [{ seed: '1', list: ['a'] }],
    [{ seed: 1 }],
    [null],
  ])('sees that inputs changed to %j', async (inputs) => {
    const { project, step } = await afterOneStep()
    expect(await (await openStepMemory(project, 's')).isUnchanged({ ...step, inputs })).toBe(false)
  })

  it('sees that an output is missing, was changed by a byte, or is another one', async () => {
    const { project, step } = await afterOneStep()
    const memory = await openStepMemory(project, 's')
    const [one, two] = step.outputs as [string, string]
    expect(await memory.isUnchanged({ ...step, outputs: [one] })).toBe(false)
    writeFileSync(two, 'twO.json')
    expect(await memory.isUnchanged(step)).toBe(false)
    writeFileSync(two, 'two.json')
    expect(await memory.isUnchanged(step)).toBe(true)
    rmSync(one)
    expect(await memory.isUnchanged(step)).toBe(false)
  })

  it('does not take an output that was missing when the step ended for one that stands', async () => {
    const { project, step } = await afterOneStep()
    for (const output of step.outputs) rmSync(output)
    const memory = await openStepMemory(project, 's')
    await memory.remember(step)
    expect(await memory.isUnchanged(step)).toBe(false)
  })

  it('keeps steps and studies apart', async () => {
    const { project, step } = await afterOneStep()
    expect(await (await openStepMemory(project, 's')).isUnchanged({ ...step, name: 'other' })).toBe(false)
    expect(await (await openStepMemory(project, 'other')).isUnchanged(step)).toBe(false)
  })

  it('holds after the project was moved', async () => {
    const { project, step, memoryFile } = await afterOneStep()
    const moved = projectAt(newFolder())
    const files = [...step.outputs, memoryFile]
    const places = files.map((file) => file.replace(project.root, moved.root))
    mkdirSync(dirname(places[0] as string), { recursive: true })
    files.forEach((file, at) => {
      writeFileSync(places[at] as string, readFileSync(file))
    })
    const memory = await openStepMemory(moved, 's')
    expect(await memory.isUnchanged({ ...step, outputs: places.slice(0, 2) })).toBe(true)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"formatVersion":2,"steps":{"make":{"inputs":"x","outputs":{}}}}',
    '{"formatVersion":1,"steps":null}',
    '{"formatVersion":1,"steps":"make"}',
    '{"formatVersion":1,"steps":{"make":7}}',
    '{"formatVersion":1,"steps":{"make":null}}',
    '{"formatVersion":1,"steps":{"make":{"inputs":"x","outputs":null}}}',
  ])('is an empty one where steps.json holds %j, and can be written again', async (text) => {
    const { project, step, memoryFile } = await afterOneStep()
    writeFileSync(memoryFile, text)
    const memory = await openStepMemory(project, 's')
    expect(await memory.isUnchanged(step)).toBe(false)
    await memory.remember(step)
    expect(await (await openStepMemory(project, 's')).isUnchanged(step)).toBe(true)
  })

  it('forgets only the record that lost its form', async () => {
    const { project, step, memoryFile } = await afterOneStep()
    const held = JSON.parse(readFileSync(memoryFile, 'utf8')) as { steps: Record<string, unknown> }
    writeFileSync(memoryFile, JSON.stringify({ ...held, steps: { ...held.steps, other: { inputs: 'x' } } }))
    const memory = await openStepMemory(project, 's')
    expect(await memory.isUnchanged(step)).toBe(true)
    expect(await memory.isUnchanged({ ...step, name: 'other' })).toBe(false)
  })
})

describe('fileDigest', () => {
  it('is the digest of the bytes, of more than one piece too, and `missing` where there is no file', async () => {
    const folder = newFolder()
    for (const size of [0, 1, 3 << 20]) {
      const bytes = Buffer.alloc(size, 'abc')
      writeFileSync(join(folder, 'file'), bytes)
      expect(await fileDigest(join(folder, 'file'))).toBe(digestText(bytes))
    }
    expect(await fileDigest(join(folder, 'none'))).toBe('missing')
  })

  it('does not call a file missing that is there and cannot be read', async () => {
    await expect(fileDigest(newFolder())).rejects.toThrow('EISDIR')
  })
})
