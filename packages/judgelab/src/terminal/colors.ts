import pc from 'picocolors'

/** Colours for a stream: none where there is no terminal, or NO_COLOR is set. */
export function colorsFor(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, TERM } = process.env
  return pc.createColors(stream.isTTY === true && !NO_COLOR && TERM !== 'dumb')
}
