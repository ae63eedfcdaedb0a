import { holds, type Principal } from '../../../kernel/principal.ts'
import { type CredentialLinks, type CredentialReference, nameKey } from '../../data-sources/index.ts'
import { credentialErrors } from '../credential.ts'
import type { LinkStore, Named } from './link-store.ts'

/** Links login credentials in the transaction that `links` writes in. Throws `login_credential.unknown_link` and `.not_yours`. */
export function credentialLinks(links: LinkStore): CredentialLinks {
  return {
    replaceLinks: (caller, dataSource, references) => linkCredentials(links, caller, { dataSource, references }),
  }
}

interface Wanted {
  readonly dataSource: number
  readonly references: readonly CredentialReference[]
}

async function linkCredentials(links: LinkStore, caller: Principal, { dataSource, references }: Wanted): Promise<void> {
  const after = await findAll(links, caller.organisation, references)
  const before = await links.listLinked(dataSource)
  const added = after.filter((id) => !before.includes(id))
  if (added.length > 0 && !holds(caller, 'allow_modify_datasources')) {
    const foreign = await links.listForeign(caller, added)
    if (foreign.length > 0) throw credentialErrors.not_yours()
  }
  if (after.join() !== before.join()) await links.replaceLinks(caller.organisation, dataSource, after)
}

async function findAll(
  links: LinkStore,
  organisation: number,
  references: readonly CredentialReference[],
): Promise<readonly number[]> {
  if (references.length === 0) return []
  const wanted = references.map(wordOf)
  const candidates = await links.findCandidates(organisation, {
    ids: wanted.filter((word) => typeof word === 'number'),
    names: wanted.filter((word) => typeof word === 'string').map(nameKey),
  })
  const found = wanted.map((word, index) => pick(candidates, word, index))
  return [...new Set(found)].toSorted((a, b) => a - b)
}

/** An id says more than the name beside it. */
function wordOf(reference: CredentialReference, index: number): number | string {
  const word = typeof reference === 'object' ? (reference.id ?? reference.name) : reference
  if (word === undefined) throw credentialErrors.unknown_link(index)
  return word
}

function pick(candidates: readonly Named[], word: number | string, index: number): number {
  const found = candidates.find(({ id, name }) =>
    typeof word === 'number' ? id === word : nameKey(name) === nameKey(word),
  )
  if (!found) throw credentialErrors.unknown_link(index)
  return found.id
}
