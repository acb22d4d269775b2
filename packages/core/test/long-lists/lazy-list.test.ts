import { describe, expect, it } from 'vitest'
import { LONG_LIST, lazyList, listAt } from '../../src/index.js'

describe('lazyList', () => {
  const squares = lazyList(5, (index) => index * index)

  it('is an array to everything that reads one', () => {
    expect([squares.length, squares[3], squares[5], squares.at(-1)]).toEqual([5, 9, undefined, 16])
    expect([...squares]).toEqual([0, 1, 4, 9, 16])
    expect(squares.map((square) => square + 1)).toEqual([1, 2, 5, 10, 17])
    expect(squares.filter((square) => square % 2 === 0)).toEqual([0, 4, 16])
    expect([...squares.entries()].slice(3)).toEqual([
      [3, 9],
      [4, 16],
    ])
    expect([squares.slice(1, 3), squares.flatMap((square) => [square, square]).length]).toEqual([[1, 4], 10])
    expect([JSON.stringify(squares), Array.isArray(squares), squares.includes(9)]).toEqual(['[0,1,4,9,16]', true, true])
  })

  it('keeps nothing, and takes nothing', () => {
    let made = 0
    const list = lazyList(1e6, (index) => ({ index, made: ++made }))
    expect(made).toBe(0)
    expect([list[7]?.made, list[7]?.made]).toEqual([1, 2])
    expect(() => {
      ;(list as { index: number; made: number }[])[7] = { index: 0, made: 0 }
    }).toThrow(TypeError)
  })
})

describe('listAt', () => {
  it('takes the elements of some rows, however many they are', () => {
    expect(listAt(['a', 'b', 'c'], [2, 0, 2])).toEqual(['c', 'a', 'c'])
    const rows = Array.from({ length: LONG_LIST }, (_, at) => at % 3)
    const long = listAt(['a', 'b', 'c'], rows)
    expect([long.length, long[0], long[5], long.at(-1)]).toEqual([LONG_LIST, 'a', 'c', 'a'])
  })
})
