/** In bytes, as most file systems have it. */
const LONGEST = 255

/**
 * The file of a repository, as the server names it; undefined when the name would be anything but a plain file in the
 * directory. The server refuses such names as well: an agent that writes as root does not take its word for it.
 */
export function fileNameOf(repository: string): string | undefined {
  const name = `${repository}.authz`
  const isPlain = /^(?!\.+$)[^/\\\p{Cc}]+$/u.test(repository) && Buffer.byteLength(name) <= LONGEST
  return isPlain ? name : undefined
}
