import { Readable } from 'node:stream'
import { AuditPage, AuditQuery } from '@portreeve/contract'
import type { Static, TSchema } from 'typebox'
import { csvLine } from '../../../platform/http/media/csv-writer.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import type { AuditFilter, ListedRecord } from './audit-list.ts'
import { exportAudit, type ListAuditDeps, listAudit } from './list-audit.ts'

const CSV = 'text/csv'
const JSON_LINES = 'application/x-ndjson'
const DEFAULT_PAGE_SIZE = 100
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The audit, for people page by page, for other systems as a whole. */
export function auditRoutes(deps: ListAuditDeps): Route[] {
  return [
    defineRoute<TSchema, typeof AuditQuery, TSchema>({
      method: 'GET',
      url: '/api/audit',
      dialect: 'teams',
      name: 'listAudit',
      summary: 'Who did what to which thing, when, and through which request, newest first',
      access: 'signed-in',
      permission: 'allow_view_audit; superadmins for all organisations, others for their own',
      formats: 'json+xml',
      streams: [CSV, JSON_LINES],
      query: AuditQuery,
      answers: { 200: { description: 'Records; as CSV or JSON lines all of them at once', schema: AuditPage } },
      errors: ['access.flag_missing', 'audit.object_type_missing'],
      handle: async ({ caller, query, mediaType }) => {
        const filter = readFilter(query)
        if (mediaType === CSV) return download('audit.csv', csvOf(exportAudit(deps, { caller, filter })))
        if (mediaType === JSON_LINES) return download('audit.ndjson', linesOf(exportAudit(deps, { caller, filter })))
        const { before, pageSize: limit = DEFAULT_PAGE_SIZE } = query
        const { records, next } = await listAudit(deps, { caller, filter, before, limit })
        return { status: 200, body: { records: records.map(toDto), next } }
      },
    }),
  ]
}

function readFilter(query: Static<typeof AuditQuery>): AuditFilter {
  const { organisation, actor, act, from, to, objectType, objectId, requestId, task: taskId } = query
  return {
    organisation,
    ...(actor !== undefined && (UUID.test(actor) ? { actorId: actor } : { actorName: actor })),
    ...(act !== undefined && (act.endsWith('.') ? { actionPrefix: act } : { action: act })),
    objectType,
    objectId,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    requestId,
    taskId,
  }
}

function download(name: string, text: AsyncIterable<string>) {
  const headers = { 'content-disposition': `attachment; filename="${name}"` }
  return { status: 200, headers, body: Readable.from(text, { objectMode: false }) }
}

const COLUMNS = [
  'id',
  'seq',
  'at',
  'organisation',
  'actorId',
  'actorName',
  'via',
  'act',
  'objectType',
  'objectId',
  'details',
  'requestId',
  'task',
  'hash',
]

async function* csvOf(chunks: AsyncIterable<readonly ListedRecord[]>): AsyncGenerator<string, void> {
  yield csvLine(COLUMNS)
  for await (const chunk of chunks) yield chunk.map(toCsv).join('')
}

async function* linesOf(chunks: AsyncIterable<readonly ListedRecord[]>): AsyncGenerator<string, void> {
  for await (const chunk of chunks) yield chunk.map((record) => `${JSON.stringify(toDto(record))}\n`).join('')
}

function toCsv({ at, details, ...record }: ListedRecord): string {
  return csvLine([
    record.id,
    record.seq ?? undefined,
    at.toISOString(),
    record.organisation ?? undefined,
    record.actorId ?? undefined,
    record.actorName,
    record.via,
    record.action,
    record.objectType,
    record.objectId,
    details ? JSON.stringify(details) : undefined,
    record.requestId ?? undefined,
    record.taskId ?? undefined,
    record.hash ?? undefined,
  ])
}

function toDto(record: ListedRecord): Static<typeof AuditPage>['records'][number] {
  const { id, seq, at, organisation, actorId, actorName, via, action, objectType, objectId } = record
  return {
    id,
    seq,
    at: at.toISOString(),
    organisation,
    actor: { id: actorId, name: actorName, via },
    act: action,
    object: { type: objectType, id: objectId },
    details: record.details,
    requestId: record.requestId,
    task: record.taskId,
    hash: record.hash,
  }
}
