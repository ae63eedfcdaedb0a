/** `1 member`, `2,345 members` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** The same for what is known by its plural, as tables are labelled: `1 repository`, `1 change of access`, `1 person`. */
export function countedEntries(count: number, label: string): string {
  const [what = '', ...more] = label.split(' of ')
  return counted(count, [toSingular(what), ...more].join(' of '), label)
}

function toSingular(plural: string): string {
  if (plural === 'people') return 'person'
  return plural.endsWith('ies') ? `${plural.slice(0, -'ies'.length)}y` : plural.replace(/s$/, '')
}
