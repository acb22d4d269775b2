import { describe, expect, it } from 'vitest'
import { cellFailure } from '../../src/notebook/cell-failure.js'

const wrote = (text: string) =>
  ({ status: 'error', outputs: [{ output_type: 'stream', name: 'stderr', text }] }) as const

const THROWN = `evalmachine.<anonymous>:4
    throw new TypeError("no " + a);
    ^

TypeError: no 1
    at f (evalmachine.<anonymous>:4:11)
    at load (/home/someone/project/load.js:7:3)
    at sigintHandlersWrap (node:vm:280:12)
    at Object.execute (/home/someone/node_modules/tslab/dist/executor.js:160:38)
`

describe('cellFailure', () => {
  it('reads the line of a compile error', () => {
    expect(cellFailure(wrote("2:7 - Type 'number' is not assignable to type 'string'.\n"), 'a\nb')).toEqual({
      reason: "2:7 - Type 'number' is not assignable to type 'string'.",
      line: 2,
    })
  })

  it('finds the line that was thrown from, and keeps only frames of others', () => {
    const source = "function f() {\n  const b: number = 1\n  throw new TypeError('no ' + a)\n}"
    expect(cellFailure(wrote(THROWN), source)).toEqual({
      reason: 'TypeError: no 1\n    at load (/home/someone/project/load.js:7:3)',
      line: 3,
    })
  })

  it('names no line where two are alike or none is', () => {
    const line = 'throw new TypeError("no " + a)'
    expect(cellFailure(wrote(THROWN), `${line}\n${line}`).line).toBeUndefined()
    expect(cellFailure(wrote(THROWN), 'await run()').line).toBeUndefined()
  })

  it("takes the kernel's own word before what was written", () => {
    const run = { ...wrote('noise'), error: { name: 'NameError', message: 'x is not defined' } }
    expect(cellFailure(run, 'x').reason).toBe('NameError: x is not defined')
  })

  it('drops colours, and says so when there is nothing to say', () => {
    expect(cellFailure(wrote('\u001b[31mred\u001b[0m'), '').reason).toBe('red')
    expect(cellFailure(wrote(' \n'), '').reason).toBe('it failed without saying why')
  })
})
