import { labelsOf, type Question, scaleOf } from './question.js'

/** The one line that tells the judge in which form to answer: what `{{output}}` stands for. */
export function outputLine(question: Question): string {
  const { mode, asking } = question
  switch (asking.decision) {
    case 'label':
      return `End with exactly one line: ${labelForm(question)}${strengthForm(question)}`
    case 'structured':
      return `Answer with JSON: {"reasoning": "<your reasons>", ${fieldsForm(question)}}`
    case 'logprobs':
      if (mode === 'rating' || mode === 'classify')
        throw new RangeError(`outputLine needs decision label or structured in mode ${mode}, got logprobs`)
      return `Answer with exactly one token: ${labelsOf(question).join(' | ')}`
  }
}

function labelForm(question: Question): string {
  switch (question.mode) {
    case 'pairwise':
    case 'best-of-n':
      return `Verdict: ${labelsOf(question).join(' | ')}`
    case 'rating': {
      const { min, max } = scaleOf(question.asking)
      return `Rating: <integer from ${min} to ${max}>`
    }
    case 'classify':
      return `Class: ${labelsOf(question).join(' | ')}`
  }
}

function strengthForm({ mode, asking }: Question): string {
  if (!asking.askStrength || mode === 'rating' || mode === 'classify') return ''
  return ', and for a letter how strongly, as in: Verdict: A, strong or: Verdict: B, slight'
}

function fieldsForm(question: Question): string {
  const quoted = labelsOf(question)
    .map((label) => `"${label}"`)
    .join(' | ')
  switch (question.mode) {
    case 'pairwise':
    case 'best-of-n':
      return `"verdict": ${quoted}${question.asking.askStrength ? ', "strength": "slight" | "strong"' : ''}`
    case 'rating': {
      const { min, max } = scaleOf(question.asking)
      return `"rating": <integer from ${min} to ${max}>`
    }
    case 'classify':
      return `"label": ${quoted}`
  }
}
