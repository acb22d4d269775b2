import { ConfigError, parseStudy, studyPlace } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

const LINES = [
  'version: 1',
  'name: small',
  'title: A small study',
  'question: Is it small?',
  'benchmark: { source: builtin }',
  'split:',
  '  method: together-2026',
  'judges:',
  '  - name: linear',
  '    provider: local',
  '    model: linear',
  '  - { name: longer, provider: local, model: longer, control: true }',
]

const MINIMAL = `${LINES.join('\n')}\n`

/** The small study with more lines at its end; the first of them is line 13. */
function withLines(...lines: readonly string[]): string {
  return `${MINIMAL}${lines.join('\n')}\n`
}

/** The small study with one line replaced, by its number. */
function withLine(number: number, line: string): string {
  return `${LINES.toSpliced(number - 1, 1, line).join('\n')}\n`
}

const TUNING = ['tuning:', '  - { name: tuned, base: linear, learningRate: 3 }']

describe('parseStudy', () => {
  it('fills in every default', () => {
    expect(parseStudy(MINIMAL, 'small.yaml')).toEqual({
      version: 1,
      name: 'small',
      title: 'A small study',
      question: 'Is it small?',
      benchmark: { source: 'builtin' },
      split: { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 },
      evaluation: {
        side: 'test',
        comparisons: 'first',
        orders: 'both',
        orderSeed: 42,
        rule: 'consistent',
        ties: 'wrong',
        failures: 'wrong',
      },
      judges: [
        {
          name: 'linear',
          label: 'linear',
          provider: 'local',
          model: 'linear',
          mode: 'pairwise',
          control: false,
          settings: {},
          repeats: 1,
          consistency: 'majority',
          repeat: 0,
          limits: {},
          engine: 'online',
        },
        {
          name: 'longer',
          label: 'longer',
          provider: 'local',
          model: 'longer',
          mode: 'pairwise',
          control: true,
          settings: {},
          repeats: 1,
          consistency: 'majority',
          repeat: 0,
          limits: {},
          engine: 'online',
        },
      ],
      controls: [],
      panels: [],
      budget: {},
      tuning: [],
      contrasts: [],
      statistics: { level: 0.95, seed: 42, resamples: 10_000 },
      report: { notebooks: [] },
    })
  })

  it('keeps what is said, and fills in the defaults of pairs and tuning', () => {
    const study = parseStudy(
      withLines('pairs: {}', ...TUNING, 'contrasts:', '  - { judge: tuned, against: linear }'),
      's.yaml',
    )
    expect(study.pairs).toEqual({
      strategy: 'responses',
      rejected: 'all',
      perExample: 1,
      weights: 'equal',
      lengths: 'any',
      samples: 8,
      leaks: 'stop',
      split: 'grouped',
      validation: 0.1,
      seed: 42,
      shuffles: 1,
    })
    expect(study.tuning).toEqual([
      {
        name: 'tuned',
        label: 'tuned',
        base: 'linear',
        backend: 'local',
        beta: 0.1,
        epochs: 3,
        batchSize: 32,
        learningRate: 3,
        seed: 42,
        evaluations: 5,
        loss: 'dpo',
        labelSmoothing: 0,
        l2: 0,
        schedule: 'linear',
      },
    ])
    expect(study.contrasts).toEqual([{ judge: 'tuned', against: 'linear' }])
  })

  it('takes the two judges that are stopped early for a contrast, where it is not one, either way around', () => {
    const stopping = 'stopping: { judge: linear, against: longer }'
    const pair = { judge: 'linear', against: 'longer' }
    expect(parseStudy(withLines(stopping), 's.yaml').contrasts).toEqual([pair])
    const named = 'contrasts: [{ judge: longer, against: linear }]'
    const other = { judge: 'longer', against: 'linear' }
    expect(parseStudy(withLines(stopping, named), 's.yaml').contrasts).toEqual([other])
  })

  it('says the same of a file with a byte order mark and carriage returns', () => {
    expect(parseStudy(`\uFEFF${MINIMAL.replaceAll('\n', '\r\n')}`, 's.yaml')).toEqual(parseStudy(MINIMAL, 's.yaml'))
  })
})

/** What is wrong, the text of the study, where its first problem stands, and how the problem is told. */
type Wrong = readonly [what: string, text: string, at: string, message: string]

const WRONG: readonly Wrong[] = [
  // the form
  [
    'an unknown field',
    withLines('contrast:', '  - { judge: linear, against: longer }'),
    '13:1',
    'contrast: unknown field "contrast" (did you mean "contrasts"?)',
  ],
  [
    'an unknown field of the columns',
    withLines('').replace('source: builtin', 'source: file, path: a.csv, columns: { promt: a }'),
    '5:52',
    'benchmark.columns.promt: unknown field "promt" (did you mean "prompt"?)',
  ],
  ['an unknown field with nothing near', withLines('colour: 3'), '13:1', 'colour: unknown field "colour"'],
  [
    'an unknown field of a part',
    withLines('evaluation:', '  rule: net', '  tie: half'),
    '15:3',
    'evaluation.tie: unknown field "tie" (did you mean "ties"?)',
  ],
  [
    'an unknown field in a list, on one line',
    withLine(12, '  - { name: longer, provider: local, model: longer, lable: L }'),
    '12:53',
    'judges.1.lable: unknown field "lable" (did you mean "label"?)',
  ],
  [
    'a name with other punctuation',
    withLines('split_: 1')
      .replace('  method: together-2026', '  method: together-2026\n  train_size: 10')
      .replace('split_: 1\n', ''),
    '8:3',
    'split.train_size: unknown field "train_size" (did you mean "trainSize"?)',
  ],
  [
    'a wrong word',
    withLines('evaluation:', '  rule: consistant'),
    '14:9',
    'evaluation.rule: expected one of consistent, together, net, average, strength, first-order, found "consistant" (did you mean "consistent"?)',
  ],
  [
    'a wrong tie policy',
    withLines('evaluation: { ties: exclude }'),
    '13:21',
    'evaluation.ties: expected one of wrong, half, excluded, found "exclude" (did you mean "excluded"?)',
  ],
  [
    'a wrong failure policy',
    withLines('evaluation: { failures: wrogn }'),
    '13:25',
    'evaluation.failures: expected one of wrong, excluded, found "wrogn" (did you mean "wrong"?)',
  ],
  [
    'a wrong word with nothing near',
    withLines('evaluation: { ties: banana }'),
    '13:21',
    'evaluation.ties: expected one of wrong, half, excluded, found "banana"',
  ],
  [
    'a wrong word in a list',
    withLine(10, '    provider: OpenAI'),
    '10:15',
    'judges.0.provider: expected one of local, replay, openai, together, openai-compatible, together-evals, found "OpenAI" (did you mean "openai"?)',
  ],
  ['a missing field', withLine(3, '# no title'), '1:1', 'title: expected a text, found nothing'],
  [
    'a missing field of a list item',
    withLine(11, '    # no model'),
    '9:5',
    'judges.0.model: expected a text, found nothing',
  ],
  ['an empty part', withLines('evaluation:'), '13:12', 'evaluation: expected an object, found null'],
  [
    'a wrong type',
    withLines('report: { notebooks: 01-benchmark }'),
    '13:22',
    'report.notebooks: expected a list, found "01-benchmark"',
  ],
  [
    'a notebook that is a path',
    withLines('report: { notebooks: [01-benchmark, ../elsewhere] }'),
    '13:37',
    'report.notebooks.1: expected lower-case letters, digits and . _ -, found "../elsewhere"',
  ],
  [
    'a wrong type deep in a list',
    withLine(12, '  - { name: longer, provider: local, model: longer, settings: { a: [1] } }'),
    '12:68',
    'judges.1.settings.a: expected a text or a number or true or false, found [1]',
  ],
  [
    'a number out of range',
    withLines('statistics: { level: 95 }'),
    '13:22',
    'statistics.level: expected a number below 1, found 95',
  ],
  [
    'a broken number',
    withLines('statistics: { seed: 1.5 }'),
    '13:21',
    'statistics.seed: expected an integer, found 1.5',
  ],
  [
    'a seed that the generator cannot take',
    withLines('statistics: { seed: -1 }'),
    '13:21',
    'statistics.seed: expected a number at least 0, found -1',
  ],
  [
    'no judges',
    `${LINES.slice(0, 7).join('\n')}\njudges: []\n`,
    '8:9',
    'judges: expected a list of length at least 1, found []',
  ],
  [
    'a name that is no file name',
    withLine(2, 'name: Big Study'),
    '2:7',
    'name: expected lower-case letters, digits and . _ + -, found "Big Study"',
  ],
  [
    'a path for a name',
    withLine(2, 'name: ../up'),
    '2:7',
    'name: expected lower-case letters, digits and . _ + -, found "../up"',
  ],
  [
    'a newer version, whatever else it says',
    withLine(1, 'version: 2').replace('title:', 'heading:'),
    '1:10',
    'version: expected 1, found 2: the study is written for a newer judgelab',
  ],
  ['a version that is no number', withLine(1, 'version: one'), '1:10', 'version: expected 1, found "one"'],
  ['a list', '- a\n- b\n', '1:1', 'expected an object, found ["a","b"]'],
  ['nothing', '', '1:1', 'expected an object, found null'],
  // the YAML
  ['a bracket that never closes', withLine(5, 'benchmark: { source: builtin'), '6:1', 'not readable as YAML: '],
  ['a key twice', withLines('name: again'), '13:1', 'not readable as YAML: Map keys must be unique'],
  ['a tab for indentation', withLine(7, '\tmethod: none'), '7:1', 'not readable as YAML: '],
  // what refers to what
  [
    'a contrast with an unknown judge',
    withLines('contrasts:', '  - judge: liner', '    against: longer'),
    '14:12',
    'contrasts.0.judge: expected the name of a judge of this study, found "liner" (did you mean "linear"?)',
  ],
  [
    'an unknown judge with nothing near',
    withLines('contrasts:', '  - { judge: linear, against: gpt-5.2 }'),
    '14:31',
    'contrasts.0.against: expected the name of a judge of this study, found "gpt-5.2"',
  ],
  [
    'a contrast of a judge with itself',
    withLines('contrasts:', '  - { judge: linear, against: linear }'),
    '14:5',
    'contrasts.0: expected two judges, found "linear" against itself',
  ],
  [
    'a local model that there is not, by its nearest name',
    withLine(12, '  - { name: longer, provider: local, model: lnoger, control: true }'),
    '12:45',
    'judges.1.model: expected one of linear, longer, shorter, first, random, found "lnoger" (did you mean "longer"?)',
  ],
  [
    'a judge twice',
    withLine(12, '  - { name: linear, provider: local, model: longer }'),
    '12:13',
    'judges.1.name: expected a name of its own, found "linear" a second time',
  ],
  [
    'a tuned judge with the name of another',
    withLines('pairs: {}', 'tuning:', '  - { name: longer, base: linear, learningRate: 3 }'),
    '15:13',
    'tuning.0.name: expected a name of its own, found "longer" a second time',
  ],
  [
    'an unknown base',
    withLines('pairs: {}', 'tuning:', '  - { name: tuned, base: liner, learningRate: 3 }'),
    '15:26',
    'tuning.0.base: expected the name of a judge of this study, found "liner" (did you mean "linear"?)',
  ],
  [
    'tuning without pairs',
    withLines(...TUNING),
    '14:3',
    'tuning: expected the study to say `pairs:`, which tuning needs, found nothing',
  ],
  [
    'tuning without a split',
    withLine(7, '  method: none').concat('evaluation: { side: all }\npairs: {}\n', TUNING.join('\n')),
    '7:3',
    'split: expected a split with a training side, which tuning needs, found method "none"',
  ],
  [
    'a side without a split',
    withLine(7, '  method: none').concat('evaluation:\n  side: test\n'),
    '14:3',
    'evaluation: expected side "all" without a split, found "test"',
  ],
  [
    'a replay without its recording',
    withLine(12, '  - { name: longer, provider: replay, model: GPT-4/Vanilla }'),
    '12:5',
    'judges.1: expected `path:` to the recorded verdicts, which replay needs, found nothing',
  ],
  [
    'LLMBar without its folder',
    withLine(5, 'benchmark: { source: llmbar }'),
    '5:12',
    'benchmark: expected `path:` to the LLMBar data, which source llmbar needs, found nothing',
  ],
  [
    'a prompt for a judge that takes none',
    withLine(11, '    model: linear\n    prompt: pairwise'),
    '12:13',
    'judges.0.prompt: expected no prompt for provider local, found one',
  ],
  [
    'a server without its address',
    withLine(12, '  - { name: mine, provider: openai-compatible, model: m }'),
    '12:5',
    'judges.1: expected `baseUrl:` of the server, which openai-compatible needs, found nothing',
  ],
  [
    'an address that is none',
    withLine(12, '  - { name: mine, provider: openai-compatible, model: m, baseUrl: localhost }'),
    '12:67',
    'judges.1.baseUrl: ',
  ],
  [
    'an api that the provider does not have',
    withLine(12, '  - { name: mine, provider: together, model: m, api: responses }'),
    '12:54',
    'judges.1.api: expected chat, the only api of provider together, found "responses"',
  ],
  [
    'a batch of a judge in this process',
    withLine(12, '  - { name: longer, provider: local, model: longer, engine: batch }'),
    '12:61',
    'judges.1.engine: expected online, the only engine of provider local, found "batch"',
  ],
  [
    'a scale in a mode that has none',
    withLine(12, '  - { name: g, provider: openai, model: m, scale: { min: 1, max: 5 } }'),
    '12:51',
    'judges.1.scale: expected no scale in mode pairwise, found one',
  ],
  [
    'a tie in a mode that has none',
    withLine(12, '  - { name: g, provider: openai, model: m, mode: rating, allowTie: false }'),
    '12:68',
    'judges.1.allowTie: expected no allowTie in mode rating, found one',
  ],
  [
    'a strength where the first token decides',
    withLine(12, '  - { name: g, provider: openai, model: m, decision: logprobs, askStrength: true }'),
    '12:77',
    'judges.1.askStrength: expected no strength asked with decision logprobs, found it asked',
  ],
  [
    'classes that are no classes',
    withLine(12, '  - { name: g, provider: openai, model: m, mode: classify, classes: [good] }'),
    '12:69',
    'judges.1.classes: expected a list of length at least 2, found ["good"]',
  ],
  [
    'probabilities of a rating',
    withLine(12, '  - { name: g, provider: openai, model: m, mode: rating, decision: logprobs }'),
    '12:68',
    'judges.1.decision: expected label or structured in mode rating, found "logprobs"',
  ],
  [
    'a panel with an unknown member',
    withLines('panels:', '  - { name: p, members: [linear, lnoger] }'),
    '14:34',
    'panels.0.members.1: expected the name of a judge of this study, found "lnoger" (did you mean "longer"?)',
  ],
  [
    'a weighted panel without weights',
    withLines('panels:', '  - { name: p, members: [linear, longer], vote: weighted }'),
    '14:5',
    'panels.0: expected 2 weights, one a member, found 0',
  ],
  [
    'a panel with the name of a judge',
    withLines('panels:', '  - { name: linear, members: [linear, longer] }'),
    '14:13',
    'panels.0.name: expected a name of its own, found "linear" a second time',
  ],
  [
    'a control of an unknown judge',
    withLines('controls:', '  - { name: c, of: liner, repeats: 3 }'),
    '14:20',
    'controls.0.of: expected the name of a judge of this study, found "liner" (did you mean "linear"?)',
  ],
  [
    'a control that asks nothing otherwise',
    withLines('controls:', '  - { name: c, of: linear }'),
    '14:5',
    'controls.0: expected what is asked otherwise than of linear, found nothing',
  ],
  [
    'a control that its judge cannot be asked',
    withLines('controls:', '  - { name: c, of: linear, shots: 3 }'),
    '14:35',
    'controls.0.shots: expected no shots for provider local, found one',
  ],
  [
    'a control with the name of a judge',
    withLines('controls:', '  - { name: longer, of: linear, repeats: 3 }'),
    '14:13',
    'controls.0.name: expected a name of its own, found "longer" a second time',
  ],
  [
    'a matrix over an unknown tuning',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tunde, axes: { count: [0] } }'),
    '16:19',
    'matrix.tuning: expected the name of a tuning of this study, found "tunde" (did you mean "tuned"?)',
  ],
  [
    'an axis that there is not',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { counts: [1, 2] } }'),
    '16:34',
    'matrix.axes.counts: expected an axis count, seed, pairs.… or tuning.…, found "counts" (did you mean "count"?)',
  ],
  [
    'a value that a parameter does not take',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { tuning.beta: [0.1, -1] } }'),
    '16:53',
    'matrix.axes.tuning.beta.1: expected a number above 0, found -1',
  ],
  [
    'a parameter that there is not',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { tuning.betta: [0.1] } }'),
    '16:49',
    'matrix.axes.tuning.betta.0: unknown field "betta"',
  ],
  [
    'a count that is none',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { count: [1.5] } }'),
    '16:42',
    'matrix.axes.count.0: expected an integer at least 0, or all, found 1.5',
  ],
  [
    'a value that stands twice in an axis',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { seed: [1, 2, 1] } }'),
    '16:47',
    'matrix.axes.seed.2: expected each value once, found 1 again',
  ],
  [
    'an axis of critiques for the local policy',
    withLines(
      'pairs: { judge: linear }',
      ...TUNING,
      'matrix: { tuning: tuned, axes: { pairs.strategy: [responses, critiques] } }',
    ),
    '16:62',
    'matrix.axes.pairs.strategy.1: expected strategy responses or verdicts for a tuning of backend local, whose policy writes no reasons, found critiques',
  ],
  [
    'a combination of values that has no meaning, with the other values',
    withLines(
      'pairs: {}',
      ...TUNING,
      'matrix: { tuning: tuned, axes: { tuning.loss: [dpo, cdpo], tuning.beta: [0.1] } }',
    ),
    '16:53',
    'matrix.axes.tuning.loss.1: expected `labelSmoothing:` above 0 beside cdpo, the share of labels that are taken to be flipped, found 0 (with tuning.beta 0.1)',
  ],
  [
    'an axis that means nothing to the backend',
    withLines('pairs: {}', ...TUNING, 'matrix: { tuning: tuned, axes: { tuning.hosted.loraRank: [8] } }'),
    '16:34',
    'matrix.axes.tuning.hosted.loraRank: expected a parameter of backend local, found one of a hosted tuning',
  ],
  [
    'an axis that no service is told',
    withLines(
      'pairs: {}',
      'tuning:',
      '  - { name: tuned, base: linear, learningRate: 3, backend: together }',
      'matrix: { tuning: tuned, axes: { tuning.schedule: [linear] } }',
    ),
    '16:34',
    'matrix.axes.tuning.schedule: expected a parameter that backend together has, found one of backend local; its own is tuning.hosted.schedule',
  ],
  [
    'early stopping of an unknown judge',
    withLines('stopping: { judge: linear, against: nobody }'),
    '13:37',
    'stopping.against: expected the name of a judge of this study, found "nobody"',
  ],
  [
    'early stopping of a judge that is asked in batches',
    withLine(
      12,
      '  - { name: gpt, provider: openai, model: m, engine: batch }\nstopping: { judge: linear, against: gpt }',
    ),
    '12:54',
    'judges.1.engine: expected engine online of gpt, which early stopping asks call by call, found "batch"',
  ],
  [
    'early stopping of a judge that vLLM answers in files',
    withLine(
      12,
      '  - { name: own, provider: openai-compatible, model: m, engine: vllm }\nstopping: { judge: own, against: linear }',
    ),
    '12:65',
    'judges.1.engine: expected engine online of own, which early stopping asks call by call, found "vllm"',
  ],
  [
    'two shuffles of a grouped split',
    withLines('pairs: { split: grouped, shuffles: 2 }'),
    '13:36',
    'pairs.shuffles: expected split "published" for more than one shuffle, found "grouped"',
  ],
]

describe('parseStudy refuses', () => {
  it.each(WRONG)('%s, with file, line and column', (_, text, at, message) => {
    const failure = failureOf(text)
    expect(failure.path).toBe(`s.yaml:${at}`)
    const [first] = failure.message.split('\n')
    if (message.endsWith(': ')) expect(first?.startsWith(`s.yaml:${at}: ${message}`)).toBe(true)
    else expect(first).toBe(`s.yaml:${at}: ${message}`)
  })

  it.each([
    ['judges', 'limits: { concurency: 3 }', 'judges.1.limits.concurency', 'concurrency'],
    ['judges', 'limits: { requestPerMinute: 3 }', 'judges.1.limits.requestPerMinute', 'requestsPerMinute'],
    ['judges', 'prices: { inptu: 1, output: 2 }', 'judges.1.prices.inptu', 'input'],
    ['judges', 'scale: { min: 1, maxx: 5 }', 'judges.1.scale.maxx', 'max'],
    ['tuning', 'hosted: { lorRank: 8 }', 'tuning.0.hosted.lorRank', 'loraRank'],
    ['tuning', 'hosted: { earlyStopping: { patients: 1 } }', 'tuning.0.hosted.earlyStopping.patients', 'patience'],
    ['tuning', 'hosted: { endpoint: { hardwear: x } }', 'tuning.0.hosted.endpoint.hardwear', 'hardware'],
    ['tuning', 'hosted: { huggingFace: { modle: x } }', 'tuning.0.hosted.huggingFace.modle', 'model'],
    ['tuning', 'hosted: { weightsAndBiases: { projct: x } }', 'tuning.0.hosted.weightsAndBiases.projct', 'project'],
  ])('an unknown field deep in %s: %s', (part, fields, field, near) => {
    const text =
      part === 'judges'
        ? withLine(12, `  - { name: longer, provider: openai, model: gpt-5.2, ${fields} }`)
        : withLines('tuning:', `  - { name: tuned, base: linear, backend: together, learningRate: 0.00001, ${fields} }`)
    const unknown = field.split('.').at(-1)
    expect(failureOf(text).message).toContain(`${field}: unknown field "${unknown}" (did you mean "${near}"?)`)
  })

  it('an address that is none', () => {
    const judge = '  - { name: longer, provider: openai, model: gpt-5.2, baseUrl: localhost }'
    expect(failureOf(withLine(12, judge)).message).toContain(
      'judges.1.baseUrl: expected an address, as http://localhost:8000/v1, found "localhost"',
    )
  })

  it('an alias without its anchor', () => {
    expect(failureOf(withLines('report: *nowhere')).message).toContain(
      's.yaml:13:9: not readable as YAML: expected an anchor "&nowhere" before the alias, found none',
    )
  })

  it('aliases that would fill the memory', () => {
    const lines = ['a: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
    expect(failureOf(`${lines.join('\n')}\n`).message).toContain('Excessive alias count')
  })

  it('several problems at once, each with its own place', () => {
    const failure = failureOf(withLine(3, 'titel: T').replace('provider: local', 'provider: locale'))
    expect(failure.message).toBe(
      [
        's.yaml:1:1: title: expected a text, found nothing',
        '  s.yaml:10:15: judges.0.provider: expected one of local, replay, openai, together, openai-compatible, together-evals, found "locale" (did you mean "local"?)',
        '  s.yaml:3:1: titel: unknown field "titel" (did you mean "title"?)',
      ].join('\n'),
    )
  })

  it('ten problems in full and the number of the others', () => {
    const unknown = Array.from({ length: 13 }, (_, n) => `zzz${n}: 1`)
    const lines = failureOf(withLines(...unknown)).message.split('\n')
    expect(lines).toHaveLength(11)
    expect(lines[9]).toBe('  s.yaml:22:1: zzz9: unknown field "zzz9"')
    expect(lines[10]).toBe('  and 3 more')
  })

  it('exactly ten problems without counting others', () => {
    const unknown = Array.from({ length: 10 }, (_, n) => `zzz${n}: 1`)
    expect(failureOf(withLines(...unknown)).message).not.toContain('more')
  })
})

function failureOf(text: string): ConfigError {
  try {
    parseStudy(text, 's.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return error as ConfigError
  }
  throw new Error('expected an error, found none')
}

describe('studyPlace', () => {
  const judges = ['  - { name: gpt-4, model: a }', '  - { name: gpt-4.1, model: b, settings: { seed: 7 } }']
  const text = withLines('evaluation: { ties: half }').replace('judges:\n', `judges:\n${judges.join('\n')}\n`)

  it.each([
    ['split', '7:3'],
    ['split.method', '7:11'],
    ['evaluation.ties', '15:21'],
    ['judges.0.model', '9:27'],
    ['judges.gpt-4.model', '9:27'],
    ['judges.gpt-4.1.model', '10:29'],
    ['judges.gpt-4.1.settings.seed', '10:50'],
    ['judges.longer', '14:5'],
  ])('finds %s', (field, place) => {
    expect(studyPlace(text, 'small.yaml', field)).toBe(`small.yaml:${place}`)
  })

  it.each([
    ['evaluation.orders', '15:13'],
    ['judges.gpt-4.prices', '9:5'],
    ['judges.nobody.model', '9:3'],
    ['pairs.judge', '1:1'],
  ])('names the nearest part around %s, which is not there', (field, place) => {
    expect(studyPlace(text, 'small.yaml', field)).toBe(`small.yaml:${place}`)
  })

  it('knows what is no field of a study', () => {
    for (const other of ['--strategy', 'studies/small.yaml', 'settings.seed', 'http://localhost/'])
      expect(studyPlace(text, 'small.yaml', other)).toBeUndefined()
  })
})
