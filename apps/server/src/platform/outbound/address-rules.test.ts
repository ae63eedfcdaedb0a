import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from './address-rules.ts'

const refused = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '169.254.169.254', '169.254.0.1'],
  ...[
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.192',
    '100.100.100.200',
    '168.63.129.16',
  ],
  ...['::', '::1', '0:0:0:0:0:0:0:1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'ff02::1', 'fd00:ec2::254'],
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2001:0:1:1:1:1:80ff:fffe'],
  ...['64:ff9b:1::a9fe:a9fe', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe'],
  ...['', 'localhost', '127.1', '2130706433', '0x7f.1', '017700000001', '1.2.3.4.5', ':::', 'example.org'],
]

for (const address of refused) {
  test(`refuses ${JSON.stringify(address)}`, () => assert.equal(isRefused(address), true))
}

const taken = [
  ...['10.0.0.5', '172.16.0.1', '192.168.1.20', '100.64.0.1', '8.8.8.8', '126.255.255.255', '128.0.0.1', '169.253.1.1'],
  ...[
    '223.255.255.255',
    '2001:db8::1',
    '2a00:1450::1',
    'fd12:3456::1',
    'fc00::1',
    '::ffff:10.0.0.5',
    '64:ff9b::10.0.0.5',
  ],
]

for (const address of taken) {
  test(`takes ${address}`, () => assert.equal(isRefused(address), false))
}
