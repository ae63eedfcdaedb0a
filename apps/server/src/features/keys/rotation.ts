import { requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'

/** The change from one master key to another. */
export interface Rotation {
  readonly id: number
  /** The master key that is to wrap everything. */
  readonly keyId: string
  readonly requestedAt: Date
  readonly finishedAt: Date | null
  /** How many data keys it has wrapped anew. */
  readonly rewrapped: number
  /** How many it could not open: they were damaged before. */
  readonly unreadable: number
}

export interface RotationStore {
  findLatest(): Promise<Rotation | undefined>
  findRunning(): Promise<Rotation | undefined>
  /** Undefined when another runs. */
  begin(rotation: { readonly requestedAt: Date; readonly requestedBy: string }): Promise<number | undefined>
  setKey(id: number, keyId: string): Promise<void>
  addRewrapped(id: number, count: number): Promise<void>
  /** Unless it is to another key by now. */
  finish(
    rotation: Pick<Rotation, 'id' | 'keyId'>,
    outcome: { readonly at: Date; readonly unreadable: number },
  ): Promise<void>
}

export const rotationErrors = defineErrors('key_rotation', {
  superadmin_only: { kind: 'forbidden', message: () => 'Only a superadmin may see and change the master key.' },
  running: {
    kind: 'conflict',
    message: () => 'A rotation is under way. Wait until it is finished (GET /api/keys), then begin another.',
  },
  other_key: {
    kind: 'unavailable',
    message: (wanted: string, current: string) =>
      `The rotation under way is to the master key ${wanted}, and this node wraps with ${current}. Give all nodes the same master key file or key command; where ${current} is the one to change to, rotate with keepKey.`,
  },
})

/** Keys are of the whole server, not of an organisation. */
export function assertMayRotateKeys(caller: Principal): void {
  if (caller.role !== 'superadmin') throw rotationErrors.superadmin_only()
  requireFlag(caller, 'allow_modify_settings')
}
