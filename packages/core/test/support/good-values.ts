/** One good value of each format that is JSON, with every optional field. */
export const GOOD_EXAMPLE = {
  v: 1,
  id: 'ex1',
  subset: 'Math',
  prompt: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is 2 + 2?' },
  ],
  responses: [{ text: '4', model: 'a' }, { text: '5' }, { text: 'four' }],
  chosen: [0, 2],
  metadata: { source: { anything: [1, null] } },
}

export const GOOD_JUDGMENT = {
  v: 1,
  presentationId: 'ex1|pairwise|0-1#0',
  exampleId: 'ex1',
  comparisonId: 'ex1:0>1',
  mode: 'pairwise',
  slots: [0, 1],
  repeat: 0,
  outcome: { kind: 'choice', slot: 0, strength: 'strong', probabilities: [0.9, 0.1] },
  raw: '[[A]]',
  reasoning: 'Two and two are four.',
  usage: { inputTokens: 10, outputTokens: 2, cachedInputTokens: 5, reasoningTokens: 1 },
  latencyMs: 12.5,
  at: '2026-02-02T12:00:00.000Z',
}

export const GOOD_PAIR = {
  v: 1,
  id: 'responses:ex1:0>1',
  input: [{ role: 'user', content: 'What is 2 + 2?' }],
  preferred: '4',
  nonPreferred: '5',
  weight: 0.5,
  origin: { strategy: 'responses', exampleId: 'ex1', comparisonId: 'ex1:0>1', subset: 'Math' },
}

export const GOOD_MANIFEST = {
  formatVersion: 1,
  runId: 'local-linear-0123456789ab',
  study: 'quickstart',
  judge: {
    provider: 'local',
    model: 'linear',
    mode: 'pairwise',
    prompt: 'Which is better?',
    settings: { tieMargin: 0.05, name: 'x', on: true },
    weights: 'abc',
    id: '0123456789abcdef',
    name: 'linear',
  },
  promptSha256: null,
  dataset: { name: 'd', fingerprint: 'f', synthetic: true, examples: 3 },
  split: { method: 'together-2026', side: 'test', seed: 42, fingerprint: 's' },
  presentations: { count: 6, sha256: 'p' },
  seed: null,
  rehearsed: false,
  software: { node: '20.20.0' },
  git: { commit: 'c', dirty: false },
  startedAt: '2026-02-02T12:00:00.000Z',
  completedAt: null,
}

const FIGURE = { value: 1.75, unit: 'USD per million tokens', source: 'a page', date: '2026-02-02' }

export const GOOD_REGISTRY = {
  formatVersion: 1,
  models: [
    {
      name: 'm',
      label: 'M',
      provider: 'openai',
      open: false,
      context: { ...FIGURE, value: 400000, unit: 'tokens' },
      prices: { input: FIGURE, cachedInput: FIGURE, output: FIGURE },
      speed: { ...FIGURE, unit: 'tokens per second' },
      thinking: { value: true, source: 'a page', date: '2026-02-02' },
      refuses: { value: ['temperature'], source: 'a page', date: '2026-02-02' },
      notes: 'n',
    },
    { name: 'm', label: 'Of another provider', provider: 'together', open: true, prices: {} },
  ],
}
