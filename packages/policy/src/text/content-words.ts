const FUNCTION_WORDS = `
a about above after again against all almost also although always am an and any anyone anything are aren't around as at
be became because been before being below between both but by came can can't cannot could couldn't did didn't do does
doesn't doing don't done down during each either else even ever every everyone everything few for from further get gets
getting give given gives go goes going got had hadn't has hasn't have haven't having he her here hers herself him himself
his how however i i'd i'll i'm i've if in into is isn't it it's its itself just keep know let let's like made make makes
many may maybe me might mine more most much must my myself need needs neither never no nor not nothing now of off often
on once one only onto or other others our ours out over own per perhaps please put quite rather really said same say says
see several shall she should shouldn't since so some someone something such sure take tell than that that's the their
theirs them themselves then there there's these they they're thing things this those though through thus to too toward
under until up upon us use used uses using very via want was wasn't way we we're well went were weren't what what's when
where whether which while who whom whose why will with within without won't would wouldn't write yes yet you you'd you'll
you're you've your yours yourself answer question following explain describe briefly short
`
const STOP_WORDS: ReadonlySet<string> = new Set(FUNCTION_WORDS.split(/\s+/))

/** The longest part of a word that is compared or hashed, in UTF-16 units, so that no word costs more than this. */
export const LONGEST_STEM = 24

/** The stem of a content word, or '' for a function word, a number or a single ASCII letter. `word` is lower case. */
export function contentStem(word: string): string {
  const first = word.charCodeAt(0)
  if (first >= 48 && first <= 57) return ''
  if (word.length === 1 && first < 128) return ''
  return STOP_WORDS.has(word) ? '' : stem(word)
}

/** Takes off the commonest English endings, enough for `planets` to meet `planet` and `walking` to meet `walked`. */
export function stem(word: string): string {
  let base = word.length > LONGEST_STEM ? word.slice(0, LONGEST_STEM) : word
  if (base.endsWith("'s")) base = base.slice(0, -2)
  if (base.length > 5 && base.endsWith('ing')) return base.slice(0, -3)
  if (base.length > 4 && (base.endsWith('ies') || base.endsWith('ied'))) return `${base.slice(0, -3)}y`
  if (base.length > 4 && base.endsWith('ed')) return base.slice(0, -2)
  if (base.length > 4 && base.endsWith('es')) return base.slice(0, -2)
  if (base.length > 3 && base.endsWith('s') && !base.endsWith('ss')) return base.slice(0, -1)
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base
}
