import { Button } from '@mantine/core'
import type { PortreeveClient } from '@portreeve/client'
import { useChange } from './api.tsx'
import { ErrorNotice } from './error-notice.tsx'

export interface DownloadButtonProps {
  readonly label: string
  readonly fileName: string
  read(client: PortreeveClient): Promise<Response>
}

/** How long browsers may take to begin with a download. */
const KEPT_MS = 60_000

/**
 * Saves an answer as a file. A link would not do: which format the server answers with is said in a header, and a refusal
 * would be saved as if it were the file.
 */
export function DownloadButton({ label, fileName, read }: DownloadButtonProps) {
  const download = useChange<void, Blob>({
    // Browsers keep large blobs on disk.
    act: async (client) => (await read(client)).blob(),
    outdates: [],
    done: `${fileName} is downloaded.`,
    onDone: (blob) => save(blob, fileName),
  })
  return (
    <>
      <Button size="xs" variant="default" loading={download.isPending} onClick={() => download.mutate()}>
        {label}
      </Button>
      <ErrorNotice error={download.error} title={`${fileName} is not downloaded`} />
    </>
  )
}

function save(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}
