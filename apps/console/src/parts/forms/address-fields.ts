export type AddressValues = Readonly<Record<string, string>>

/** What fields are by the address; by default where it says nothing of them. */
export function readAddressFields<Values extends AddressValues>(parameters: URLSearchParams, defaults: Values): Values {
  const given = Object.keys(defaults).map((name) => [name, parameters.get(name) ?? defaults[name]])
  return Object.fromEntries(given)
}

/**
 * The parameters with the fields written into them, without blanks around; what is as by default is left out, and so is what
 * belongs to the answer to other values, such as the page it was at.
 */
export function writeAddressFields<Values extends AddressValues>(
  before: URLSearchParams,
  values: Values,
  { defaults, resets }: { readonly defaults: Values; readonly resets: readonly string[] },
): URLSearchParams {
  const after = new URLSearchParams(before)
  for (const [name, value] of Object.entries(values)) {
    const text = value.trim()
    if (text === defaults[name]) after.delete(name)
    else after.set(name, text)
  }
  for (const name of resets) after.delete(name)
  return after
}
