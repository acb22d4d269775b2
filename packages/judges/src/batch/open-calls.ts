import type { BulkCall } from '../judge.js'

/** The calls of a collection, each under its number: which are not answered, and how often each was sent. */
export interface OpenCalls {
  /** Of all calls, answered or not. */
  readonly wanted: number
  /** Of those that are open: neither answered nor given up. */
  readonly size: () => number
  /** The number of an open call, by the id of its request; undefined for any other. */
  readonly numberOf: (id: string) => number | undefined
  readonly isOpen: (number: number) => boolean
  readonly callOf: (number: number) => BulkCall
  readonly close: (number: number) => void
  readonly sent: (number: number) => number
  readonly countSent: (number: number, by: 1 | -1) => void
}

/** @param placeOf the number of a call by the id of its request */
export function openCalls(calls: readonly BulkCall[], placeOf: (id: string) => number | undefined): OpenCalls {
  const isClosed = new Uint8Array(calls.length)
  const sent = new Uint16Array(calls.length)
  let size = calls.length
  return {
    wanted: calls.length,
    size: () => size,
    numberOf: (id) => {
      const number = placeOf(id)
      return number === undefined || isClosed[number] === 1 ? undefined : number
    },
    isOpen: (number) => isClosed[number] === 0,
    callOf: (number) => calls[number] as BulkCall,
    close: (number) => {
      size -= isClosed[number] === 1 ? 0 : 1
      isClosed[number] = 1
    },
    sent: (number) => sent[number] as number,
    countSent: (number, by) => {
      sent[number] = (sent[number] as number) + by
    },
  }
}
