import { Readable } from 'node:stream'
import { AuditVerificationBody, AuditVerificationDto } from '@portreeve/contract'
import type { Static, TSchema } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { assertMayVerify } from './verification-policy.ts'
import { type Verification, type VerifyChainDeps, verifyChain } from './verify-chain.ts'

/** 10,000 anchors take half of it. */
const BODY_LIMIT = 2 * 1024 * 1024

/** Operations on the chain. */
export function verificationRoutes(deps: VerifyChainDeps): Route[] {
  return [
    defineRoute<TSchema, TSchema, typeof AuditVerificationBody>({
      method: 'POST',
      url: '/api/audit/verify',
      dialect: 'teams',
      name: 'verifyAudit',
      summary: 'Compute the chain of the audit anew, and tell the first place at which it is not what it was',
      access: 'signed-in',
      permission: 'superadmin with allow_view_audit',
      formats: 'text',
      textType: 'application/x-ndjson',
      body: AuditVerificationBody,
      bodyOptional: true,
      bodyLimit: BODY_LIMIT,
      answers: {
        200: {
          description:
            'JSON lines: how far it is, about every 2,000 records; the last has the outcome. Without one it was cut off.',
          schema: AuditVerificationDto,
        },
      },
      errors: ['audit.superadmin_only', 'access.flag_missing'],
      handle: async ({ caller, body, signal }) => {
        assertMayVerify(caller)
        const lines = linesOf(verifyChain(deps, body.anchors ?? [], signal))
        return { status: 200, body: Readable.from(lines, { objectMode: false }) }
      },
    }),
  ]
}

async function* linesOf(verification: AsyncIterable<Verification>): AsyncGenerator<string, void> {
  for await (const line of verification) yield `${JSON.stringify(toDto(line))}\n`
}

function toDto(line: Verification): Static<typeof AuditVerificationDto> {
  if (!('outcome' in line)) return line
  const { head, ...rest } = line
  return { ...rest, head: head && { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') } }
}
