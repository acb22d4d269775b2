/** Lets a reader close the pipe early, as `judgelab runs | head` does: what nobody reads is not an error. */
export function allowClosedPipe(stream: NodeJS.WriteStream): void {
  if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
