import { describe, expect, it } from 'vitest'
import { filesAndRounds, OPENAI_TERMS, TOGETHER_TERMS, VLLM_TERMS } from '../src/index.js'

describe('filesAndRounds', () => {
  it('fills files to the limit that is met first, requests or bytes', () => {
    const million = { requests: 2_000_000, bytes: 2_000_000 * 3000 }
    // 50,000 of 3,000 bytes are 150 MB: they fit into 200 MB and 1 GiB; 100 MB take 100,000,000 / 3,000 = 33,333.
    expect(filesAndRounds({ ...million, terms: OPENAI_TERMS })).toEqual({ files: 40, rounds: 1 })
    expect(filesAndRounds({ ...million, terms: VLLM_TERMS, mostOut: Number.POSITIVE_INFINITY })).toEqual({
      files: 40,
      rounds: 1,
    })
    expect(filesAndRounds({ ...million, terms: TOGETHER_TERMS })).toEqual({ files: 61, rounds: 1 })
  })

  it('sends 64 files at once at the most', () => {
    // 64 · 50,000 = 3,200,000 requests in the first round.
    const asked = (requests: number) => filesAndRounds({ requests, bytes: 1000 * requests, terms: OPENAI_TERMS })
    expect(asked(3_200_000)).toEqual({ files: 64, rounds: 1 })
    expect(asked(3_200_001)).toEqual({ files: 65, rounds: 2 })
    expect(asked(10_000_000)).toEqual({ files: 200, rounds: 4 })
  })

  it('sends so many tokens at once as may be enqueued', () => {
    // 1,000 requests of 4,000 bytes, which are 1,000 tokens each; files of 250 at the most.
    const terms = { limits: { requests: 250, bytes: 2 ** 30 } }
    const asked = (enqueuedTokens: number) =>
      filesAndRounds({ requests: 1000, bytes: 4_000_000, terms, enqueuedTokens })
    // 250 and then 50 in each of three rounds, 100 in the fourth.
    expect(asked(300_000)).toEqual({ files: 7, rounds: 4 })
    // After 250 the room for 10 more is less than a tenth, and is left empty.
    expect(asked(260_000)).toEqual({ files: 4, rounds: 4 })
    // Not one request fits: each goes out alone.
    expect(asked(500)).toEqual({ files: 1000, rounds: 1000 })
    expect(asked(1_000_000)).toEqual({ files: 4, rounds: 1 })
  })

  it('takes what the service says may be enqueued where nobody says anything else', () => {
    const terms = { limits: { requests: 100, bytes: 2 ** 30 }, enqueuedTokens: 100_000 }
    expect(filesAndRounds({ requests: 300, bytes: 1_200_000, terms })).toEqual({ files: 3, rounds: 3 })
    expect(filesAndRounds({ requests: 300, bytes: 1_200_000, terms, enqueuedTokens: 300_000 })).toEqual({
      files: 3,
      rounds: 1,
    })
  })

  it('needs no file for nothing', () => {
    expect(filesAndRounds({ requests: 0, bytes: 0, terms: OPENAI_TERMS })).toEqual({ files: 0, rounds: 0 })
  })
})
