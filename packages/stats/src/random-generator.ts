/**
 * A source of uniform random numbers in [0, 1).
 *
 * Every function that draws takes one as an argument, so that a result can be repeated from its seed.
 */
export type RandomGenerator = () => number
