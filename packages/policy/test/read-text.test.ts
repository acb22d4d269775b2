import { describe, expect, it } from 'vitest'
import { readText } from '../src/text/read-text.js'
import { readStructure } from '../src/text/structure.js'

const wordsOf = (text: string): readonly string[] => readText(text).words
const sentencesOf = (text: string): string[] => {
  const { words, sentences } = readText(text)
  return sentences.map(({ first, end }) => words.slice(first, end).join(' '))
}

describe('readText', () => {
  it.each([
    ['Hello, World!', ['hello', 'world']],
    ["Don't, don’t", ["don't", "don't"]],
    ['It cost 1,234.50 in 2020.', ['it', 'cost', '1,234.50', 'in', '2020']],
    ['well-known e-mail', ['well', 'known', 'e', 'mail']],
    ['Ünïcödé e\u0301té', ['ünïcödé', 'e\u0301té']],
    ['Лима — столица', ['лима', 'столица']],
    ['利馬です', ['利', '馬', 'で', 'す']],
    ['\ud800a\udfff', ['a']],
    ["'quoted' rock'", ['quoted', 'rock']],
    ['', []],
    [' \n\t', []],
  ])('splits %j into words', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it.each([
    ['One. Two! Three?', ['one', 'two', 'three']],
    ['He said "no." She left.', ['he said no', 'she left']],
    ['It is 3.14 long. Yes', ['it is 3.14 long', 'yes']],
    ['Dr. Smith met J. Doe. They spoke, e.g. of tea.', ['dr smith met j doe', 'they spoke e g of tea']],
    ['1. First\n2. Second', ['1 first', '2 second']],
    ['I say no. You say I. End', ['i say no', 'you say i', 'end']],
    ['What?! Really...', ['what', 'really']],
    ['一。二！', ['一', '二']],
    ['...\n!!!', []],
  ])('splits %j into sentences', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences)
  })

  it('reads numbers, number words (but not "one") and capitals', () => {
    const { numbers, capitals } = readText('One of Two has 1,200 éclairs, Étienne')
    expect(numbers).toEqual([undefined, undefined, 2, undefined, 1200, undefined, undefined])
    expect(capitals).toEqual([true, false, true, false, false, false, true])
  })

  it('gives words of one stem to one another, and none to function words', () => {
    const { stems } = readText('The planets and planet, walking walked, carries carried carry, class')
    expect(stems).toEqual(['', 'planet', '', 'planet', 'walk', 'walk', 'carry', 'carry', 'carry', 'class'])
  })
})

describe('readStructure', () => {
  it('counts lines, paragraphs, list items, headings, fences, bold spans and words between spaces', () => {
    const text =
      '# Title\n\nA **bold** well-known word - here.\n\n- one\n* two\n• three\n1. four\n22) five\n```\ncode\n```\n'
    expect(readStructure(text)).toEqual({
      lines: 10,
      paragraphs: 3,
      bullets: 3,
      numbered: 2,
      headings: 1,
      fences: 2,
      bold: 1,
      spacedWords: 14,
    })
  })

  it('counts nothing in an empty text', () => {
    expect(readStructure('')).toEqual({
      lines: 0,
      paragraphs: 0,
      bullets: 0,
      numbered: 0,
      headings: 0,
      fences: 0,
      bold: 0,
      spacedWords: 0,
    })
  })
})
