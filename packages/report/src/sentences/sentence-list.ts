import { escapeMarkdown } from '../format/escape.js'

/** Sentences as Markdown: one as it is, several as a list. */
export function sentenceList(sentences: readonly string[]): string {
  const shown = sentences.map((sentence) => escapeMarkdown(sentence))
  return shown.length === 1 ? (shown[0] as string) : shown.map((sentence) => `- ${sentence}`).join('\n')
}

/** An answer as Markdown, for the first thing that a notebook shows: one paragraph, or a list of several sentences. */
export function answerText(...sentences: readonly string[]): string {
  const list = sentenceList(sentences)
  return sentences.length === 1 ? `**Answer.** ${list}` : `**Answer.**\n\n${list}`
}

/** With a capital letter first. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
