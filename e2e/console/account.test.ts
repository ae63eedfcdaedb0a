import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { PortreeveClient } from '@portreeve/client'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { scanQrCode } from './scan-qr-code.ts'
import { settled } from './settled.ts'

const ANN = { email: 'ann@example.org', password: 'ann’s password' }

describe('one’s own account in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await scene.client.users.create({ username: 'ann', ...ANN })
  })
  after(() => scene[Symbol.asyncDispose]())

  test('an access token is shown once, works, and is refused when it is deleted', async () => {
    await scene.visit(
      'account/access-tokens',
      async (page) => {
        await page.getByLabel('Name').fill('nightly')
        await page.getByRole('button', { name: 'Make an access token' }).click()
        const token = await page.getByRole('alert').locator('code').innerText()
        const asScript = new PortreeveClient({ baseUrl: scene.server.url, token })
        assert.equal((await asScript.session.current()).username, 'ann')
        await page.reload()
        await settled(page, 'Access tokens')
        assert.equal((await page.content()).includes(token), false)
        await page.getByRole('button', { name: 'Delete…' }).click()
        await page.getByRole('button', { name: 'Delete it' }).click()
        await page.getByText('nightly is deleted.').waitFor()
        await assert.rejects(asScript.session.current(), { code: 'sign_in.not_valid' })
      },
      { as: ANN },
    )
  })

  test('another session is ended and this one stays', async () => {
    const elsewhere = await PortreeveClient.signIn(scene.server.url, ANN)
    await scene.visit(
      'account',
      async (page) => {
        await settled(page, 'Your account')
        await page.getByRole('button', { name: 'End all others…' }).click()
        await page.getByRole('button', { name: 'End them' }).click()
        await page.getByText('Your other sessions are over.').waitFor()
        await page.getByText('1 session').waitFor()
      },
      { as: ANN },
    )
    await assert.rejects(elsewhere.session.current(), { code: 'sign_in.not_valid' })
  })

  test('a second factor is turned on, asked for at the sign-in, and turned off', async () => {
    await scene.visit(
      'account/second-factor',
      async (page) => {
        await page.getByRole('button', { name: 'Turn it on' }).click()
        const key = await page.locator('li code').innerText()
        const scanned = new URL(await scanQrCode(page.getByRole('img', { name: 'QR code of the key' })))
        assert.deepEqual([scanned.protocol, scanned.searchParams.get('secret')], ['otpauth:', key])
        await page.getByRole('textbox', { name: 'Code' }).fill(oneTimeCode(key, Date.now()))
        await page.getByRole('button', { name: 'Turn it on' }).click()
        const [recoveryCode = ''] = (await page.locator('pre').innerText()).split('\n')
        await page.getByRole('button', { name: 'ann', exact: true }).click()
        await page.getByRole('menuitem', { name: 'Sign out' }).click()
        await page.getByLabel('Email address').fill(ANN.email)
        await page.getByLabel('Password', { exact: true }).fill(ANN.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByLabel('One-time code').fill(recoveryCode)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await settled(page, 'Overview')
        await page.goto('/console/account/second-factor')
        await page.getByText('9 recovery codes are left').waitFor()
        await page.getByRole('button', { name: 'Turn it off…' }).click()
        await page.getByLabel(/^Password/).fill(ANN.password)
        await page.getByRole('button', { name: 'Continue' }).click()
        await page.getByText('It is off').waitFor()
      },
      { as: ANN },
    )
  })

  test('a new password ends the session, and signs in', async () => {
    const changed = { ...ANN, password: 'another password' }
    await scene.visit(
      'account',
      async (page) => {
        await page.getByLabel(/^Current password/).fill('not it')
        await page.getByLabel(/^New password/).fill(changed.password)
        await page.getByLabel(/^The new password again/).fill('something else')
        await page.getByRole('button', { name: 'Change the password' }).click()
        await page.getByText('The two passwords are not the same.').waitFor()
        await page.getByLabel(/^The new password again/).fill(changed.password)
        await page.getByRole('button', { name: 'Change the password' }).click()
        await page.getByText('Your current password is another.').waitFor()
        await page.getByLabel(/^Current password/).fill(ANN.password)
        await page.getByRole('button', { name: 'Change the password' }).click()
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      },
      { as: ANN },
    )
    await PortreeveClient.signIn(scene.server.url, changed)
  })
})

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** As an authenticator app computes it (RFC 6238). */
function oneTimeCode(key: string, atMs: number): string {
  const bits = [...key].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac.readUInt8(19) & 0xf) & 0x7fff_ffff
  return String(number % 1_000_000).padStart(6, '0')
}
