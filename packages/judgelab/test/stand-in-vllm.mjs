#!/usr/bin/env node
// Stands in for `vllm run-batch`: sends each request of the file to the server in VLLM_STAND_IN, and writes what vLLM writes.
import { readFileSync, writeFileSync } from 'node:fs'

const [command, ...args] = process.argv.slice(2)
const told = (name) => args[args.indexOf(name) + 1]
if (command !== 'run-batch') throw new Error(`expected run-batch, found ${command}`)
const lines = readFileSync(told('-i'), 'utf8').trim().split('\n')
const results = await Promise.all(
  lines.map(async (line, at) => {
    const { custom_id, url, body } = JSON.parse(line)
    if (body.model !== told('--model')) throw new Error(`expected model ${told('--model')}, found ${body.model}`)
    const response = await fetch(`${process.env.VLLM_STAND_IN}${url.replace('/v1', '')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.VLLM_STAND_IN_KEY}` },
      body: JSON.stringify(body),
    })
    return {
      id: `vllm-${at}`,
      custom_id,
      response: { status_code: response.status, request_id: `vllm-batch-${at}`, body: await response.json() },
      error: null,
    }
  }),
)
writeFileSync(told('-o'), results.map((result) => `${JSON.stringify(result)}\n`).join(''))
