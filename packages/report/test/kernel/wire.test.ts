import { describe, expect, it } from 'vitest'
import { createOutputCollector } from '../../src/kernel/collect-outputs.js'
import { decodeMessage, encodeMessage, requestMessage, type WireMessage } from '../../src/kernel/wire.js'

const frames = (message: WireMessage, key: string): Buffer[] =>
  encodeMessage(message, key).map((part) => Buffer.from(part))

describe('the wire protocol', () => {
  const message = requestMessage('session', 'execute_request', { code: '1' })

  it('reads what it wrote, after any routing frames', () => {
    const read = decodeMessage([Buffer.from('route'), Buffer.from([0xff, 0]), ...frames(message, 'key')], 'key')
    expect(read).toEqual(message)
    expect(read.header).toMatchObject({ msg_type: 'execute_request', session: 'session', version: '5.3' })
  })

  it('refuses a message that was signed with another key, changed, or cut', () => {
    const signed = frames(message, 'key')
    expect(() => decodeMessage(signed, 'other')).toThrow('decodeMessage needs a message signed with the kernel')
    const changed = signed.map((frame, i) => (i === 5 ? Buffer.from('{"code":"2"}') : frame))
    expect(() => decodeMessage(changed, 'key')).toThrow('decodeMessage needs a message signed')
    expect(() => decodeMessage(signed.slice(0, 5), 'key')).toThrow('decodeMessage needs six frames')
    expect(() => decodeMessage(signed.slice(1), 'key')).toThrow('decodeMessage needs six frames')
    expect(() => decodeMessage([], 'key')).toThrow('decodeMessage needs six frames')
  })
})

describe('createOutputCollector', () => {
  const say = (type: string, content: object, parent = 'a'): WireMessage => ({
    ...requestMessage('s', type, content as Record<string, unknown>),
    parent: { msg_id: parent },
  })

  it('joins neighbouring streams of one name, and files late ones under their cell', () => {
    const collector = createOutputCollector()
    collector.begin('a')
    collector.begin('b')
    collector.receive(say('stream', { name: 'stdout', text: '1' }))
    collector.receive(say('stream', { name: 'stdout', text: '2' }, 'b'))
    collector.receive(say('stream', { name: 'stdout', text: '3' }))
    collector.receive(say('stream', { name: 'stderr', text: '4' }))
    collector.receive(say('stream', { name: 'stdout', text: 'nobody asked' }, 'c'))
    expect(collector.outputsOf('a')).toMatchObject([
      { name: 'stdout', text: '13' },
      { name: 'stderr', text: '4' },
    ])
    expect(collector.outputsOf('b')).toMatchObject([{ text: '2' }])
    expect(collector.outputsOf('c')).toEqual([])
  })

  it('reads results and errors', () => {
    const collector = createOutputCollector()
    collector.begin('a')
    collector.receive(say('execute_result', { execution_count: 3, data: { 'text/plain': '7' }, metadata: {} }))
    collector.receive(say('error', { ename: 'E', evalue: 'v', traceback: ['t'] }))
    collector.receive(say('status', { execution_state: 'idle' }))
    expect(collector.outputsOf('a')).toEqual([
      { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '7' }, metadata: {} },
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
    ])
  })

  it('updates a display wherever it was shown, and clears when asked, at once or at the next output', () => {
    const collector = createOutputCollector()
    collector.begin('a')
    collector.begin('b')
    const shown = (text: string, id?: string): object => ({
      data: { 'text/plain': text },
      metadata: {},
      transient: { display_id: id },
    })
    collector.receive(say('display_data', shown('old', 'd')))
    collector.receive(say('display_data', shown('other')))
    collector.receive(say('update_display_data', shown('new', 'd'), 'b'))
    expect(collector.outputsOf('a')).toMatchObject([
      { data: { 'text/plain': 'new' } },
      { data: { 'text/plain': 'other' } },
    ])
    collector.receive(say('clear_output', { wait: true }))
    expect(collector.outputsOf('a')).toHaveLength(2)
    collector.receive(say('display_data', shown('next')))
    expect(collector.outputsOf('a')).toMatchObject([{ data: { 'text/plain': 'next' } }])
    collector.receive(say('clear_output', { wait: false }))
    expect(collector.outputsOf('a')).toEqual([])
  })
})
