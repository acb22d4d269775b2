import { matrixCells, parseStudy } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

const STUDY = `version: 1
name: m
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: a, provider: local, model: linear }]
pairs: {}
tuning: [{ name: t, base: a, learningRate: 1, beta: 0.2 }]
`

describe('matrixCells', () => {
  it('combines all values, and leaves everything else of the study as it is', () => {
    const study = parseStudy(
      `${STUDY}matrix: { tuning: t, axes: { count: [0, all], seed: [1, 2], tuning.beta: [0.1], pairs.split: [published, grouped] } }`,
      's.yaml',
    )
    const cells = matrixCells(study)
    expect(cells).toHaveLength(8)
    expect(cells[1]).toEqual({
      at: { count: 0, seed: 1, 'tuning.beta': 0.1, 'pairs.split': 'grouped' },
      count: 0,
      seed: 1,
      pairs: { ...study.pairs, split: 'grouped' },
      tuning: { ...study.tuning[0], beta: 0.1, seed: 1 },
    })
    expect(cells.map(({ count, seed }) => `${count}/${seed}`)).toEqual([
      '0/1',
      '0/1',
      '0/2',
      '0/2',
      'all/1',
      'all/1',
      'all/2',
      'all/2',
    ])
  })

  it('takes all pairs and the tuning’s own seed where no axis says otherwise', () => {
    const study = parseStudy(`${STUDY}matrix: { tuning: t, axes: { tuning.epochs: [1, 2] } }`, 's.yaml')
    expect(matrixCells(study).map(({ count, seed, tuning }) => [count, seed, tuning.epochs])).toEqual([
      ['all', 42, 1],
      ['all', 42, 2],
    ])
    expect(() => matrixCells(parseStudy(STUDY, 's.yaml'))).toThrow('matrixCells needs a study with a matrix')
  })

  it('leaves parameters out for null, and sets those of a hosted tuning inside', () => {
    const hosted = STUDY.replace('provider: local, model: linear', 'provider: together, model: m').replace(
      'beta: 0.2 }',
      'beta: 0.2, backend: together, hosted: { loraAlpha: 7 } }',
    )
    const study = parseStudy(
      `${hosted}matrix: { tuning: t, axes: { pairs.cap: [null, { Ties: 0.1 }], tuning.hosted.loraRank: [8, 16] } }`,
      's.yaml',
    )
    const cells = matrixCells(study)
    expect(cells.map(({ pairs }) => pairs.cap)).toEqual([undefined, undefined, { Ties: 0.1 }, { Ties: 0.1 }])
    expect(cells.map(({ tuning }) => [tuning.hosted?.loraRank, tuning.hosted?.loraAlpha])).toEqual([
      [8, 7],
      [16, 7],
      [8, 7],
      [16, 7],
    ])
  })

  it('takes of the study only what a cell needs: a judge is for judging pairs, shuffles for the published split', () => {
    const hosted = STUDY.replace('provider: local, model: linear', 'provider: together, model: m')
      .replace('pairs: {}', 'pairs: { judge: a, perExample: 2, shuffles: 2 }')
      .replace('beta: 0.2 }', 'beta: 0.2, backend: together, labelSmoothing: 0 }')
    const study = parseStudy(
      `${hosted}matrix: { tuning: t, axes: { pairs.strategy: [responses, verdicts], pairs.rejected: [all, random], pairs.split: [grouped, published] } }`,
      's.yaml',
    )
    expect(
      matrixCells(study).map(({ pairs }) => [pairs.judge ?? 'none', pairs.perExample, pairs.shuffles].join(' ')),
    ).toEqual(['none 1 1', 'none 1 2', 'none 2 1', 'none 2 2', 'a 1 1', 'a 1 2', 'a 2 1', 'a 2 2'])
  })
})
