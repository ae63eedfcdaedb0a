import { hash } from 'node:crypto'

/** A record as it is sealed: every column as PostgreSQL writes it, in this order; `at` in microseconds since 1970. */
export interface SealableRecord {
  readonly id: string
  readonly organisation: string | null
  readonly at: string
  readonly actorId: string | null
  readonly actorName: string
  readonly via: string
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly details: string | null
  readonly requestId: string | null
  readonly taskId: string | null
}

/** The hash before that of the first record. */
export const BEGINNING: Uint8Array = new Uint8Array(32)

const VERSION = 1
const NULL_LENGTH = 0xff_ff_ff_ff

/** SHA-256 of the hash before it and of the record: what binds a record to all that came before it. */
export function sealHash(previous: Uint8Array, record: SealableRecord): Buffer {
  return hash('sha256', sealedBytes(previous, record), 'buffer')
}

/**
 * The hash before, then bytes that no other record has: a version, and each column as its length (32 bits, big-endian; all
 * ones for null) and its UTF-8. docs/guides/audit.md describes them for verifiers of other makes.
 */
export function sealedBytes(previous: Uint8Array, record: SealableRecord): Buffer {
  const texts = columnsOf(record)
  // Of the characters of JavaScript, none takes more than three bytes.
  const most = texts.reduce<number>((sum, text) => sum + 4 + 3 * (text?.length ?? 0), previous.length + 1)
  const bytes = Buffer.allocUnsafe(most)
  bytes.set(previous)
  let end = bytes.writeUInt8(VERSION, previous.length)
  for (const text of texts) {
    const length = text === null ? 0 : bytes.write(text, end + 4)
    end = bytes.writeUInt32BE(text === null ? NULL_LENGTH : length, end) + length
  }
  return bytes.subarray(0, end)
}

function columnsOf(record: SealableRecord): readonly (string | null)[] {
  return [
    record.id,
    record.organisation,
    record.at,
    record.actorId,
    record.actorName,
    record.via,
    record.action,
    record.objectType,
    record.objectId,
    record.details,
    record.requestId,
    record.taskId,
  ]
}
