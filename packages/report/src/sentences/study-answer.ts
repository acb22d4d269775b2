import type { StudyResults } from '@judgelab/analysis'
import { answerSentence } from './answer-sentence.js'
import { ablationAnswer } from './sufficient-sentences.js'

/**
 * The study's question answered and, where it has a matrix, what that answers; the latter alone where the study has no
 * contrast, whose question then is the matrix's.
 */
export function studyAnswer(results: StudyResults): string {
  if (results.ablation !== null && results.contrasts.length === 0) return ablationAnswer(results)
  return [answerSentence(results), ablationAnswer(results)].filter((sentence) => sentence !== '').join(' ')
}
