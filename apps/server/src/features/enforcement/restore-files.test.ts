import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PublishedFile } from './enforcement-store.ts'
import { restoreFiles } from './restore-files.ts'

test('leaves a file alone that another node publishes meanwhile', async () => {
  const before: PublishedFile = {
    organisation: 1,
    repositoryId: '00000000-0000-7000-8000-000000000001',
    repositoryName: 'calc',
    etag: 'before',
    content: 'lets ann in',
  }
  const after = { ...before, etag: 'after', content: 'keeps ann out' }
  const directory = new Map([[before.repositoryName, before.content]])
  let published = before
  const restored = await restoreFiles({
    store: {
      listPublished: async (afterId) => {
        if (afterId === before.repositoryId) return []
        const listed = [published]
        directory.set(after.repositoryName, after.content)
        return listed
      },
      findPublished: async () => [published],
      // The other node holds the lock until it has written down what it published.
      withPublicationLock: async (_organisation, work) => {
        published = after
        return await work()
      },
    },
    readFile: async (name) => directory.get(name),
    writeFiles: async (texts) => {
      for (const [name, text] of texts) directory.set(name, text)
    },
  })
  assert.deepEqual(restored, [])
  assert.deepEqual([...directory.values()], [after.content])
})
