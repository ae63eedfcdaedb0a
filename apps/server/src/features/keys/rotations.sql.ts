import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Rotation, RotationStore } from './rotation.ts'

const COLUMNS = `id, key_id as "keyId", requested_at as "requestedAt", finished_at as "finishedAt", rewrapped, unreadable`

const FIND_LATEST = statement<Rotation>(
  'key-rotation.find-latest',
  `select ${COLUMNS} from key_rotation order by id desc limit 1`,
)
const FIND_RUNNING = statement<Rotation>(
  'key-rotation.find-running',
  `select ${COLUMNS} from key_rotation where finished_at is null`,
)
const BEGIN = statement<{ id: number }>(
  'key-rotation.begin',
  `insert into key_rotation (key_id, requested_at, requested_by) values ('', $1, $2) on conflict do nothing returning id`,
)
// One that has just been finished, to another key, is not finished any more.
const SET_KEY = statement(
  'key-rotation.set-key',
  'update key_rotation set key_id = $2, finished_at = null where id = $1',
)
const ADD_REWRAPPED = statement(
  'key-rotation.add-rewrapped',
  'update key_rotation set rewrapped = rewrapped + $2 where id = $1',
)
const FINISH = statement(
  'key-rotation.finish',
  'update key_rotation set finished_at = $3, unreadable = $4 where id = $1 and key_id = $2 and finished_at is null',
)

/** Rotations in `key_rotation`, of which one at a time is not finished. */
export function sqlRotationStore(connection: Connection): RotationStore {
  return {
    findLatest: async () => (await connection.query(FIND_LATEST))[0],
    findRunning: async () => (await connection.query(FIND_RUNNING))[0],
    begin: async ({ requestedAt, requestedBy }) => (await connection.query(BEGIN, [requestedAt, requestedBy]))[0]?.id,
    setKey: async (id, keyId) => {
      await connection.query(SET_KEY, [id, keyId])
    },
    addRewrapped: async (id, count) => {
      await connection.query(ADD_REWRAPPED, [id, count])
    },
    finish: async ({ id, keyId }, { at, unreadable }) => {
      await connection.query(FINISH, [id, keyId, at, unreadable])
    },
  }
}
