import { Writable } from 'node:stream'

/** A stream that keeps what is written to it, a terminal or not. */
export function outputStream(isTTY: boolean): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  let text = ''
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString()
      done()
    },
  })
  const terminal = {
    isTTY,
    columns: 100,
    rows: 30,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  }
  return { stream: Object.assign(stream, terminal) as unknown as NodeJS.WriteStream, text: () => text }
}
