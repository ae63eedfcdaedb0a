import assert from 'node:assert/strict'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { validateAuthz } from './validate-authz.ts'

/** A stand-in for `svnauthz` that runs these shell commands. */
async function stand(commands: string) {
  const directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-agent-test-'))
  const program = join(directory.path, 'svnauthz')
  await writeFile(program, `#!/bin/sh\n${commands}\n`, { mode: 0o755 })
  return { program, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() }
}

test('tells the first line of what Subversion says is wrong with the file', async () => {
  await using bad = await stand('echo "svnauthz: E220003: $2" >&2; echo more >&2; exit 1')
  assert.deepEqual(await validateAuthz('one.authz', bad), { fault: 'svnauthz: E220003: one.authz' })
  await using good = await stand('test "$1" = validate')
  assert.equal(await validateAuthz('one.authz', good), undefined)
})

test('takes no silence for consent: one that does not end is killed, and the file is not vouched for', async () => {
  await using silent = await stand('exec sleep 3600')
  const verdict = await validateAuthz('one.authz', { program: silent.program, withinMs: 10 })
  assert.deepEqual(verdict, { fault: 'svnauthz did not end within 0.01 s' })
})

test('tells where there is no svnauthz', async () => {
  await using place = await stand('')
  assert.equal(await validateAuthz('one.authz', { program: `${place.program}-absent` }), 'absent')
})
