import assert from 'node:assert/strict'
import jsQR from 'jsqr'
import type { Locator } from 'playwright-core'

const PIXELS_A_MODULE = 4

/** Reads a QR code that is drawn as one path of squares (`M<x> <y>h1v1h-1z`), as a camera would. */
export async function scanQrCode(code: Locator): Promise<string> {
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[2])
  const path = (await code.locator('path').getAttribute('d')) ?? ''
  const width = size * PIXELS_A_MODULE
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < PIXELS_A_MODULE; row++) {
      const from = ((Number(y) * PIXELS_A_MODULE + row) * width + Number(x) * PIXELS_A_MODULE) * 4
      for (let at = from; at < from + PIXELS_A_MODULE * 4; at += 4) pixels.fill(0, at, at + 3)
    }
  }
  const read = jsQR.default(pixels, width, width)
  assert.ok(read, 'the code cannot be read')
  return read.data
}
