import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HELP, parseArguments, parseCode } from './arguments.ts'

const DEFAULTS = { folder: 'sample-client-data', url: 'http://127.0.0.1:8470' }

test('reads a command, what it is about, and options in any place', () => {
  assert.deepEqual(parseArguments(['register', 'ann@example.org']), {
    ...DEFAULTS,
    command: 'register',
    operand: 'ann@example.org',
  })
  const given = ['--folder', 'x', 'login', 'ann', '--url', 'https://gate.example', '--device-name', 'phone']
  assert.deepEqual(parseArguments(given), {
    command: 'login',
    operand: 'ann',
    folder: 'x',
    url: 'https://gate.example',
    deviceName: 'phone',
  })
  assert.deepEqual(parseArguments(['run']), { ...DEFAULTS, command: 'run', operand: '' })
})

test('a note may be typed without quotes', () => {
  assert.deepEqual(parseArguments(['note', 'buy', 'milk']), { ...DEFAULTS, command: 'note', operand: 'buy milk' })
})

test('a wrong command line is refused with what is wrong with it', () => {
  const wrong: readonly [readonly string[], RegExp][] = [
    [[], /Say what to do/],
    [['toString'], /no command "toString"/],
    [['register'], /register takes an email address/],
    [['note', ''], /note takes a text/],
    [['login', 'ann', 'a password'], /login: "a password" is one too many/],
    [['run', 'now'], /"now" is one too many/],
    [['run', '--password', 'x'], /--password/],
    [['run', '--url', 'gate'], /"gate" is not a URL/],
    [['run', '--folder', ''], /name a folder/],
  ]
  for (const [argv, message] of wrong) assert.throws(() => parseArguments(argv), { name: 'UsageError', message })
})

test('help names every command and goes before all else', () => {
  assert.equal(parseArguments(['nonsense', '--help']), 'help')
  for (const command of ['register', 'confirm', 'login', 'run', 'status', 'note', 'fetch', 'show', 'logout']) {
    assert.match(HELP, new RegExp(`^ {2}${command} `, 'm'))
  }
})

test('a code is taken from the link that has it', () => {
  assert.equal(parseCode('https://gate.example/v1/client/confirm/?code=a-b_c'), 'a-b_c')
  assert.equal(parseCode('a-b_c'), 'a-b_c')
})
