import type { AuditRecord } from '@portreeve/client'
import { ConsoleLink } from '../../parts/link.tsx'
import { addressOfObject } from './address-of-object.ts'

export function Actor({ actor: { id, name } }: Pick<AuditRecord, 'actor'>) {
  return id === null ? name : <ConsoleLink to={`users/${id}`}>{name}</ConsoleLink>
}

export function ActedOn({ object }: Pick<AuditRecord, 'object'>) {
  const address = addressOfObject(object)
  const text = `${object.type} ${object.id}`
  return address === undefined ? text : <ConsoleLink to={address}>{text}</ConsoleLink>
}
