interface Person {
  readonly id: string
  readonly name: string
}

/** How people of these names are sent: those who are known by id, since names are not unique, and others as they were typed. */
export function personReferences(
  names: readonly string[],
  known: readonly Person[],
): ({ readonly id: string } | string)[] {
  return names.map((name) => {
    const person = known.find((each) => each.name === name)
    return person ? { id: person.id } : name
  })
}
