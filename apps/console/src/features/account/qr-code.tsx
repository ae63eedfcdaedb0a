import { encode } from 'uqr'

/** Light modules around it, without which a reader does not find it (ISO/IEC 18004, 4 modules). */
const QUIET_ZONE = 4

interface QrCodeProps {
  readonly text: string
  /** What it is, for who cannot see it. */
  readonly label: string
}

/** Dark on light in both colour schemes: many readers do not take the inverse. */
export function QrCode({ text, label }: QrCodeProps) {
  const { data, size } = encode(text, { border: QUIET_ZONE, ecc: 'M' })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={200}
      height={200}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
