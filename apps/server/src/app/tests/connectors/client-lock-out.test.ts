import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANN, type ClientNode, DEVICE, startClientScene } from '../../testing/client-server.ts'

const WRONG = 'not the password'

async function logInDevice(node: ClientNode, username: string, password: string): Promise<string> {
  return (await node.call('POST /v1/client/login/', { body: { username, password, ...DEVICE } })).problem
}

async function signIn(node: ClientNode, email: string, password: string): Promise<string> {
  return (await node.call('POST /v1/admin/login/', { body: { email, password } })).problem
}

test('guesses at an account share one count, by whichever name and through whichever door', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  assert.equal(await logInDevice(node, ANN.username, WRONG), '401 sign_in.bad_credentials')
  assert.equal(await logInDevice(node, ANN.email, WRONG), '401 sign_in.bad_credentials')
  assert.equal(await logInDevice(node, ANN.username, WRONG), '401 sign_in.bad_credentials')
  assert.equal(await signIn(node, ANN.email, WRONG), '401 sign_in.bad_credentials')
  assert.equal(await signIn(node, 'Ann@Example.org', WRONG), '401 sign_in.bad_credentials')
  assert.equal(await logInDevice(node, ANN.username, ANN.password), '429 sign_in.locked_out')
  assert.equal(await signIn(node, ANN.email, ANN.password), '429 sign_in.locked_out')
  scene.clock.time += 1000
  await node.logIn()
  assert.equal(await signIn(node, ANN.email, WRONG), '401 sign_in.bad_credentials')
  await node.logIn()
})

test('a name that nobody has is locked as one that somebody has, however it is written', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (const [typed, other] of [
    ['Ann', 'ann'],
    ['Bob', 'bob'],
  ] as const) {
    for (let n = 0; n < 5; n++) assert.equal(await logInDevice(node, typed, WRONG), '401 sign_in.bad_credentials')
    assert.equal(await logInDevice(node, other, WRONG), '429 sign_in.locked_out', other)
  }
})

test('who has an account guesses at others no longer for signing in to their own in between', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (let n = 0; n < 19; n++)
    assert.equal(await logInDevice(node, `nobody ${n}`, WRONG), '401 sign_in.bad_credentials')
  await node.logIn()
  assert.equal(await logInDevice(node, 'nobody 19', WRONG), '401 sign_in.bad_credentials')
  assert.equal(await logInDevice(node, ANN.username, ANN.password), '429 sign_in.locked_out')
})
