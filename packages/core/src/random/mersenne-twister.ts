const WORDS = 624
const OFFSET = 397

/**
 * MT19937, seeded by one integer as `init_genrand` does; returns the next 32 random bits at each call.
 *
 * @param seed integer, 0 <= seed < 2^32
 * @throws {RangeError} if seed is outside that range
 * @see Matsumoto & Nishimura (1998), ACM TOMACS 8:3-30, doi:10.1145/272991.272995
 */
export function createMersenneTwister(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`createMersenneTwister needs an integer 0 <= seed < 2^32, got seed=${seed}`)
  const state = seededState(seed)
  let next = WORDS
  return () => {
    if (next === WORDS) {
      twist(state)
      next = 0
    }
    return temper(state[next++] as number)
  }
}

function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(WORDS)
  state[0] = seed
  for (let i = 1; i < WORDS; i++) {
    const before = state[i - 1] as number
    state[i] = Math.imul(before ^ (before >>> 30), 1812433253) + i
  }
  return state
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < WORDS; i++) {
    const joined = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % WORDS] as number) & 0x7fffffff)
    const turned = (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0)
    state[i] = (state[(i + OFFSET) % WORDS] as number) ^ turned
  }
}

function temper(word: number): number {
  word ^= word >>> 11
  word ^= (word << 7) & 0x9d2c5680
  word ^= (word << 15) & 0xefc60000
  return (word ^ (word >>> 18)) >>> 0
}
