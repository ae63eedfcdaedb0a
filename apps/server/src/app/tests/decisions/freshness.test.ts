import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import { CompiledModel } from '../../../features/decisions/compiled/compiled-model.ts'
import { sqlModelSource } from '../../../features/decisions/freshness/model-source.sql.ts'
import type { ReadAt, StateName } from '../../../features/decisions/freshness/model-source.ts'
import { effectiveRight, RIGHT_OF } from '../../../features/rules/index.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { listPeople, PLAYED_PATHS, type Play, playAll, rightsAt } from '../../testing/random-play.ts'

/** A model that is brought up from wherever it was read last. */
class Follower {
  readonly #source
  readonly #state: StateName
  #model: CompiledModel | undefined
  #at: ReadAt | undefined
  /** How often changes alone were enough. */
  followed = 0

  constructor(server: ModelServer, state: StateName) {
    this.#source = sqlModelSource(server.database)
    this.#state = state
  }

  async read(): Promise<{ readonly model: CompiledModel; readonly at: ReadAt; readonly anew: CompiledModel }> {
    const facts = await this.#source.readFacts(1, this.#state)
    const anew = await CompiledModel.compileGradually(facts.facts, immediate)
    const changed = this.#at && (await this.#source.readChanges(1, this.#state, this.#at))
    if (this.#model && changed) {
      this.followed += 1
      this.#model.apply(changed.changes)
      this.#at = changed.at
    } else {
      this.#model = anew
      this.#at = facts.at
    }
    return { model: this.#model, at: this.#at ?? facts.at, anew }
  }
}

/** Whoever is asked about has what the plain reading of the rules of that revision gives. Answers how many have any right. */
async function assertRight(play: Play, follower: Follower, state: StateName): Promise<number> {
  const { model, at, anew } = await follower.read()
  const revision = state === 'enforced' ? at.enforced : at.head
  const people = await listPeople(play)
  assert.deepEqual(model.size, anew.size)
  let granted = 0
  for (const repository of [play.stage.repository]) {
    const found = model.findRepository(repository)
    assert.ok(found)
    const rights = rightsAt(play, { revision, repository, people })
    for (const username of [undefined, ...people.map((person) => person.username)]) {
      const user = username === undefined ? undefined : model.findUserNamed(username)
      assert.equal(user?.username, username)
      for (const path of PLAYED_PATHS) {
        const right = RIGHT_OF[effectiveRight(rights, path, username)]
        assert.equal(
          model.rightOf(user, { repository: found, path }),
          right,
          `${username} at ${path}, revision ${revision}`,
        )
        if (right > 0) granted += 1
      }
    }
  }
  return granted
}

test('brought up by changes alone, whatever they are, a model is what it would be read from nothing, in both states', async () => {
  await using server = await startModelServer()
  const states = ['enforced', 'pending'] as const
  const followers = states.map((state) => ({ state, follower: new Follower(server, state) }))
  let granted = 0
  await playAll(server, async (play) => {
    await server.published()
    for (const { state, follower } of followers) granted += await assertRight(play, follower, state)
  })
  assert.ok(granted > 200, `${granted} rights`)
  for (const { follower } of followers) assert.ok(follower.followed > 20, `${follower.followed} times`)
})
