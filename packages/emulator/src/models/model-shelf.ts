import { defaultModels, undescribed } from './default-models.js'
import type { ModelProfile, Vendor } from './model-profile.js'

/** What a caller says of a model: the parts that differ from its default, or `null` for "no such model". */
export type ModelOverrides = Readonly<Record<string, Partial<ModelProfile> | null>>

/** The models of one emulator. Tuned ones join while it runs. */
export interface ModelShelf {
  /** The model of that name, as one vendor serves it; undefined if there is none. Without a vendor, either's will do. */
  readonly find: (name: string, vendor: Vendor | undefined) => ModelProfile | undefined
  /** Puts a model on the shelf, or takes the place of one; `null` is a name that is known and not served. */
  readonly add: (name: string, profile: ModelProfile | null) => void
  readonly remove: (name: string) => void
  /** Names and profiles, in the order in which they came. */
  readonly list: (vendor: Vendor | undefined) => readonly (readonly [string, ModelProfile])[]
}

/** The default models with a caller's changes. `*` stands for all other names; `'*': null` refuses them with 404. */
export function modelShelf(overrides: ModelOverrides = {}): ModelShelf {
  const models = new Map<string, ModelProfile | null>(Object.entries(defaultModels()))
  for (const [name, changes] of Object.entries(overrides)) {
    if (name === '*') continue
    if (changes === null) models.set(name, null)
    else models.set(name, { ...(models.get(name) ?? undescribed(name)), ...changes })
  }
  const others = '*' in overrides ? overrides['*'] : {}
  const serves = (profile: ModelProfile, vendor: Vendor | undefined): boolean =>
    vendor === undefined || profile.vendor === vendor
  return {
    find: (name, vendor) => {
      const known = models.get(name)
      if (known === null) return undefined
      if (known !== undefined) return serves(known, vendor) ? known : undefined
      if (others === null || others === undefined) return undefined
      return { ...undescribed(name), ...(vendor === undefined ? {} : { vendor }), ...others }
    },
    add: (name, profile) => void models.set(name, profile),
    remove: (name) => void models.delete(name),
    list: (vendor) =>
      [...models].flatMap(([name, profile]) =>
        profile !== null && serves(profile, vendor) ? [[name, profile] as const] : [],
      ),
  }
}
