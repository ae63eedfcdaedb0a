export const NO_TEXTS = { description: '', status: '', aliases: '', abbreviations: '', userData: '' }

/** What can be said of every data source, group and login credential. */
export type EntryTexts = Readonly<typeof NO_TEXTS>

/** These texts alone, of something that has them. */
export function textsOf({ description, status, aliases, abbreviations, userData }: EntryTexts): EntryTexts {
  return { description, status, aliases, abbreviations, userData }
}

/** The texts as facts about it. */
export function factsOfTexts(texts: EntryTexts): readonly (readonly [label: string, value: string])[] {
  const { description, status, aliases, abbreviations, userData } = texts
  return [
    ['Status', status],
    ['Description', description],
    ['Aliases', aliases],
    ['Abbreviations', abbreviations],
    ['Notes', userData],
  ]
}
