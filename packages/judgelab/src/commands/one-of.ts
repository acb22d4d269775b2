import { ConfigError, suggestion } from '@judgelab/core'

/** An option's value as one of those that it may have. @throws {ConfigError} for any other, with the nearest right one */
export function oneOf<T extends string>(known: readonly T[], given: string, option: string): T {
  const found = known.find((value) => value === given)
  if (found !== undefined) return found
  throw new ConfigError(`expected one of ${known.join(', ')}, found "${given}"${suggestion(given, known)}`, option)
}
