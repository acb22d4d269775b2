/** What one coin for each comparison earns: a judge that knows nothing but answers both orders alike. */
export const CHANCE = { value: 0.5, label: 'a coin for each comparison' }
